import Skills

/// What a platform proves itself with; prints as a constant, so that no log can carry it.
package struct PlatformSecret: Sendable, CustomStringConvertible {
  private static let lengths = 32...512

  private let digest: Digest

  /// Nil for less than 32 characters, and for what is no visible ASCII.
  package init?(_ text: String) {
    guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy(\.isVisible) else { return nil }
    digest = Digest(of: text.utf8)
  }

  /// Whether it is what was sent; takes the same time for everything of one length.
  func matches(_ presented: String?) -> Bool {
    guard let presented, presented.utf8.count <= Self.lengths.upperBound else { return false }
    let other = Digest(of: presented.utf8)
    return zip(digest.bytes, other.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  package var description: String { "<secret>" }
}
