/// The id of a commit in full, as git prints it.
package enum GitCommit {
  /// Whether it is 40 or 64 digits of 0-9 a-f.
  package static func isWhole(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  /// - Throws: `NameRefusal` for anything but a whole id.
  static func checked(_ text: String) throws(NameRefusal) -> String {
    if isWhole(text) { return text }
    throw NameRefusal(kind: "a commit", text: text, reason: "it is not 40 or 64 digits of 0-9 a-f")
  }
}
