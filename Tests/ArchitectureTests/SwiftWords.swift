/// The words of a Swift source as far as the dependencies of folders need them: no comments, no text of string
/// literals, but the code that is interpolated into them.
struct SwiftWords {
  struct Word: Equatable {
    let text: String
    /// How many braces are open before it.
    let depth: Int
    /// Whether a dot stands before it: a member of something, and not a name of the module.
    let isMember: Bool
  }

  private(set) var words: [Word] = []
  private let text: [UInt8]
  private var index = 0
  private var depth = 0

  init(of source: String) {
    text = Array(source.utf8)
    while index < text.count { step() }
  }

  private mutating func step() {
    switch text[index] {
    case UInt8(ascii: "/") where follows("//"): while index < text.count, text[index] != 10 { index += 1 }
    case UInt8(ascii: "/") where follows("/*"): skipComment()
    case UInt8(ascii: "#") where hashes() > 0: skipLiteral(hashes: hashes())
    case UInt8(ascii: "\""): skipLiteral(hashes: 0)
    case UInt8(ascii: "{"): count(+1)
    case UInt8(ascii: "}"): count(-1)
    case let byte where Self.isWord(byte): takeWord()
    default: index += 1
    }
  }

  private mutating func count(_ step: Int) {
    depth += step
    index += 1
  }

  private mutating func takeWord() {
    let start = index
    while index < text.count, Self.isWord(text[index]) { index += 1 }
    words.append(
      Word(
        text: String(decoding: text[start..<index], as: UTF8.self), depth: depth,
        isMember: start > 0 && text[start - 1] == UInt8(ascii: ".")))
  }

  /// Comments nest.
  private mutating func skipComment() {
    var open = 0
    repeat {
      if follows("/*") {
        open += 1
        index += 2
      } else if follows("*/") {
        open -= 1
        index += 2
      } else {
        index += 1
      }
    } while open > 0 && index < text.count
  }

  /// How many `#` stand here before a quotation mark or a slash: the start of a raw literal; 0 for everything else.
  private func hashes() -> Int {
    let count = text[index...].prefix { $0 == UInt8(ascii: "#") }.count
    let next = index + count
    guard next < text.count, text[next] == UInt8(ascii: "\"") || text[next] == UInt8(ascii: "/") else { return 0 }
    return count
  }

  private mutating func skipLiteral(hashes count: Int) {
    index += count
    let mark = follows("\"\"\"") ? "\"\"\"" : follows("\"") ? "\"" : "/"
    index += mark.utf8.count
    let raw = String(repeating: "#", count: count)
    while index < text.count {
      if follows("\\" + raw + "(") {
        index += 2 + count
        takeInterpolation()
      } else if follows("\\" + raw) {
        index += 2 + count
      } else if follows(mark + raw) {
        index += mark.utf8.count + count
        return
      } else {
        index += 1
      }
    }
  }

  private mutating func takeInterpolation() {
    var open = 1
    while index < text.count {
      if text[index] == UInt8(ascii: "(") { open += 1 }
      if text[index] == UInt8(ascii: ")") { open -= 1 }
      step()
      if open == 0 { return }
    }
  }

  private func follows(_ word: String) -> Bool {
    text[index...].prefix(word.utf8.count).elementsEqual(word.utf8)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
