/// The lines of a text as HTML, each with its number, which links to it.
struct CodeLines: Sendable {
  static let maximumBytes = 256 << 10
  static let maximumLines = 5_000

  private(set) var html = ""
  private(set) var count = 0
  /// Whether there is more than a page shows.
  private(set) var isCut = false

  init(_ text: String) {
    var bytes = 0
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    // The end of the last line begins no other one.
    if lines.last?.isEmpty == true { lines = lines.dropLast() }
    for line in lines {
      bytes += line.count + 1
      guard bytes <= Self.maximumBytes, count < Self.maximumLines else {
        isCut = true
        break
      }
      count += 1
      html += "<span class=\"line\" id=\"L\(count)\"><a href=\"#L\(count)\">\(count)</a>\(Self.shown(line))\n</span>"
    }
  }

  /// Escaped, with what would hide or reorder text written out, so that it reads as it runs.
  private static func shown(_ line: Substring.UTF8View) -> String {
    let escaped = PageEscaping().escapeText(String(Substring(line)))
    guard escaped.unicodeScalars.contains(where: hides) else { return escaped }
    return escaped.unicodeScalars.map { scalar in
      let number = String(scalar.value, radix: 16, uppercase: true)
      return hides(scalar) ? "<span class=\"hidden\">U+\(number)</span>" : String(Character(scalar))
    }.joined()
  }

  /// Marks of direction ("Trojan Source", CVE-2021-42574), tags, and what acts on a terminal.
  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
    default: false
    }
  }
}
