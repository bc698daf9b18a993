import FoundationSubset

/// Who made a commit, and when, as the commit itself says: nobody has checked it.
package struct Authorship: Hashable, Sendable {
  /// As it was written, not safe to show.
  package var name: String
  package var date: Date
}
