/// Text as it stands in skills: Markdown and scripts made of words.
extension Noise {
  /// Markdown of about `count` bytes: headings, paragraphs, lists and code.
  mutating func markdown(_ count: Int) -> String {
    var text = ""
    while text.utf8.count < count {
      switch next() % 5 {
      case 0: text += "\n## \(sentence(4).dropLast())\n\n"
      case 1: text += (0..<4).map { _ in "- \(sentence(9))\n" }.joined() + "\n"
      case 2: text += "```bash\n" + (0..<3).map { _ in "\(word()) --\(word()) \(word()).md\n" }.joined() + "```\n\n"
      default: text += (0..<3).map { _ in sentence(14) }.joined(separator: "\n") + "\n\n"
      }
    }
    return text
  }

  /// A shell script of about `count` bytes.
  mutating func script(_ count: Int) -> String {
    var text = "#!/bin/sh\nset -eu\n"
    while text.utf8.count < count {
      text += "# \(sentence(8))\n\(word())_\(word())() {\n  \(word()) \"$1\" --\(word()) | \(word()) \(word())\n}\n\n"
    }
    return text
  }
}
