/// What somebody wants of a skill, as half a sentence and as the versions that would do.
struct ConflictDemand: Sendable {
  enum Source: Hashable, Sendable {
    case project
    case pin
    case skill(NodeID)
    case itself
  }

  var words: String
  var source: Source
  var range: VersionRange?
  /// The versions that it may be met with.
  var allowed: VersionSet
  /// The versions that demand it, when a skill does.
  var demanding: VersionSet?
}
