/// How much front matter may hold.
package struct FrontMatterLimits: Hashable, Sendable {
  /// Of the text between the fences.
  package var bytes: Int
  /// Collections inside each other; a list of words under a top-level key has depth 2.
  package var depth: Int
  /// Over all mappings together.
  package var keys: Int
  /// Of one key or value.
  package var scalarBytes: Int

  package static let standard = FrontMatterLimits(bytes: 64 << 10, depth: 8, keys: 100, scalarBytes: 16 << 10)
}
