/// Links from one part of a long list to others.
struct Pager: Sendable {
  var firstPath: String?
  var nextPath: String?

  /// Nil where the list has one part.
  ///
  /// - Parameters:
  ///   - path: The list from its beginning.
  ///   - isContinued: Whether this part begins behind another one.
  ///   - next: The query that leads on; nil at the end.
  init?(_ path: String, isContinued: Bool, next: String?) {
    guard isContinued || next != nil else { return nil }
    firstPath = isContinued ? path : nil
    nextPath = next.map { "\(path)?\($0)" }
  }
}
