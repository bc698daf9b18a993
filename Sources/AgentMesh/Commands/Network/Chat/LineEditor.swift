/// A line that is typed, key by key: bytes in, what to do out.
struct LineEditor {
  enum Step: Equatable {
    case nothing
    /// To be drawn anew.
    case changed
    case line(String)
    /// Ctrl-D in an empty line.
    case end
  }

  /// Bytes of a line.
  private static let limit = 64 << 10
  /// Lines that are remembered.
  private static let historyLimit = 500

  private(set) var beforeCursor = ""
  private(set) var afterCursor = ""
  private var history: [String] = []
  /// Where in the history we are; its count for the line that is new.
  private var place = 0
  /// The new line while an older one is shown.
  private var draft = ""
  /// Bytes of a key or a character that is not complete.
  private var pending: [UInt8] = []

  mutating func take(_ byte: UInt8) -> Step {
    pending.append(byte)
    if pending[0] == 0x1B { return takeEscape() }
    if byte >= 0x80 || pending.count > 1 { return takeCharacter() }
    pending = []
    return byte >= 0x20 && byte != 0x7F ? insert(String(UnicodeScalar(byte))) : control(byte)
  }

  private mutating func control(_ byte: UInt8) -> Step {
    switch byte {
    case 0x0A, 0x0D: return finish()
    case 0x04: return beforeCursor.isEmpty && afterCursor.isEmpty ? .end : .nothing
    case 0x7F, 0x08: beforeCursor = String(beforeCursor.dropLast())
    case 0x01: move(to: "", beforeCursor + afterCursor)
    case 0x05: move(to: beforeCursor + afterCursor, "")
    case 0x15: beforeCursor = ""
    case 0x0B: afterCursor = ""
    default: return .nothing
    }
    return .changed
  }

  /// A key that sends `ESC [` or `ESC O`, digits, and a letter or a tilde.
  private mutating func takeEscape() -> Step {
    guard pending.count > 1 else { return .nothing }
    guard pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O"), pending.count <= 8 else {
      pending = []
      return .nothing
    }
    guard pending.count > 2, let last = pending.last, (0x40...0x7E).contains(last) else { return .nothing }
    let key = String(decoding: pending[2...], as: UTF8.self)
    pending = []
    return press(key)
  }

  private mutating func press(_ key: String) -> Step {
    switch key {
    case "A": recall(place - 1)
    case "B": recall(place + 1)
    case "C": move(to: beforeCursor + afterCursor.prefix(1), String(afterCursor.dropFirst()))
    case "D": move(to: String(beforeCursor.dropLast()), beforeCursor.suffix(1) + afterCursor)
    case "H", "1~": move(to: "", beforeCursor + afterCursor)
    case "F", "4~": move(to: beforeCursor + afterCursor, "")
    case "3~": afterCursor = String(afterCursor.dropFirst())
    default: return .nothing
    }
    return .changed
  }

  /// Waits for the rest of a character; what is none is dropped.
  private mutating func takeCharacter() -> Step {
    if let text = String(validating: pending, as: UTF8.self) {
      pending = []
      return insert(text)
    }
    if pending.count >= 4 { pending = [] }
    return .nothing
  }

  private mutating func insert(_ text: String) -> Step {
    guard beforeCursor.utf8.count + afterCursor.utf8.count + text.utf8.count <= Self.limit else { return .nothing }
    beforeCursor += text
    return .changed
  }

  private mutating func finish() -> Step {
    let line = beforeCursor + afterCursor
    if !line.isEmpty, history.last != line { history.append(line) }
    if history.count > Self.historyLimit { history.removeFirst() }
    place = history.count
    (draft, beforeCursor, afterCursor) = ("", "", "")
    return .line(line)
  }

  private mutating func recall(_ index: Int) {
    guard (0...history.count).contains(index), index != place else { return }
    if place == history.count { draft = beforeCursor + afterCursor }
    place = index
    move(to: index == history.count ? draft : history[index], "")
  }

  private mutating func move(to before: String, _ after: String) {
    (beforeCursor, afterCursor) = (before, after)
  }
}
