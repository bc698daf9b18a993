import Skills

/// Text as a screen shows it: on one line, measured by what is seen.
enum ScreenText {
  /// `text` on one line: every run of white space, line feeds among it, is one space; then it is made safe.
  static func line(_ text: String) -> Message {
    Message(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), limit: .max)
  }

  /// `line` with blanks behind it, up to that many columns.
  static func padded(_ line: Message, to columns: Int) -> Message {
    line + Message(trusted: String(repeating: " ", count: max(0, columns - width(line))))
  }

  /// `line` in at most that many columns; what is cut ends with `…`.
  static func cut(_ line: Message, to columns: Int) -> Message {
    guard width(line) > columns else { return line }
    var result = ""
    var used = 1
    for character in line.description {
      used += width(character)
      if used > columns { break }
      result.append(character)
    }
    return Message(trusted: result + "…")
  }

  /// Columns on the screen: two for East Asian wide characters and emoji, none for combining marks.
  static func width(_ line: Message) -> Int {
    line.description.reduce(0) { $0 + width($1) }
  }

  private static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.isASCII { return character.unicodeScalars.contains("\u{FE0F}") ? 2 : 1 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F1E6...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      if scalar.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
      return scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}
