import Skills

/// The front matter of a Markdown file, with the lines that enclose it, and the text behind it.
struct MarkdownParts: Sendable {
  /// Nil where there is none that can be read.
  var frontMatter: String?
  var body: String

  init(_ text: String) {
    guard let document = try? SkillDocument(reading: text.utf8) else {
      body = text
      return
    }
    body = document.body
    frontMatter = String(decoding: text.utf8.dropLast(body.utf8.count), as: UTF8.self)
  }
}
