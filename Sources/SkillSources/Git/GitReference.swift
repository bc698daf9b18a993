import Skills

/// The name of a branch, a tag or a commit that is safe to hand to git, after the rules of `git check-ref-format`.
struct GitReference: Hashable, Sendable {
  let name: String

  /// - Throws: `usage` for what git could read as an option, a range or a refspec.
  init(parsing text: String) throws(MeshError) {
    if let fault = Self.fault(in: text) {
      throw MeshError(
        .usage, "'\(text, limit: 120)' is not a branch, a tag or a commit: \(fault)")
    }
    name = text
  }

  /// Whether it is a whole commit: 40 or 64 digits, lower case.
  var isCommit: Bool { GitCommit.isWhole(name) }

  private static func fault(in text: String) -> String? {
    if text.isEmpty { return "it is empty" }
    if text.utf8.count > 255 { return "it is longer than 255 bytes" }
    if text.hasPrefix("-") || text.hasPrefix("+") { return "it starts with '\(text.prefix(1))'" }
    let forbidden = " ~^:?*[\\".unicodeScalars
    if text.unicodeScalars.contains(where: { forbidden.contains($0) || TerminalText.isUnsafe($0) }) {
      return "none of space ~ ^ : ? * [ \\ may stand in it"
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isOdd = parts.contains { $0.isEmpty || $0.hasPrefix(".") || $0.hasSuffix(".lock") || $0.hasSuffix(".") }
    return isOdd || text.contains("..") || text.contains("@{") || text == "@" ? "git has no such names" : nil
  }
}
