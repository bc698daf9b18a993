/// What a link tells its owner.
package enum LinkNews: Sendable {
  case online
  /// With why; it connects again by itself.
  case offline(String)
  /// No connection came about, with why; it is tried again.
  case unreachable(String)
  case started(requestId: String)
  case finished(requestId: String)
  /// What went wrong, and costs at most the request that it names.
  case trouble(String)
}
