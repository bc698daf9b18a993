/// A piece of Markdown by which a stranger would run, load, send or cover something.
///
/// Whatever would run says so: by a dialog, or by setting the global `ran`. Whatever would be loaded comes from
/// `elsewhere.example`.
package struct HostileMarkdown: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let markdown: String
  /// What the HTML has of it, where more is demanded than that it does no harm.
  package let shown: String?

  package init(_ markdown: String, shows shown: String?) {
    self.markdown = markdown
    self.shown = shown
  }

  package init(stringLiteral markdown: String) {
    self.init(markdown, shows: nil)
  }

  package var description: String { markdown.debugDescription }

  /// What a SKILL.md may have, as far as its bytes go.
  package static let publishable =
    elements + attributes + addresses + delimiters + images + blocks + characters

  package static let all = publishable + nul

  /// A table that takes a minute and gigabytes: every short row is filled up to as many cells as the first one has.
  ///
  /// 48 KB.
  package static let hugeTable =
    String(repeating: "|x", count: 6_000) + "|\n" + String(repeating: "|-", count: 6_000) + "|\n"
    + String(repeating: "|a\n", count: 8_000)

  /// Pieces one after the other, each closed off from the next: what it leaves open ends with the quotation around it.
  package static func document(of pieces: some Sequence<HostileMarkdown>) -> String {
    pieces.enumerated().map { index, piece in
      let lines = piece.markdown.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.map { "> \($0)\n" }.joined() + "\nThis was piece \(index).\n"
    }.joined(separator: "\n")
  }
}
