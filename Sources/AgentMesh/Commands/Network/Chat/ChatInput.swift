import Skills

/// Lines that somebody types at a terminal, with a history of them.
struct ChatInput {
  let prompt: Message
  /// Whether the terminal can draw a line anew.
  private let isEditable: Bool
  private var editor = LineEditor()

  init(prompt: Message, environment: [String: String]) {
    self.prompt = prompt
    isEditable = environment["TERM"] != "dumb"
  }

  /// The next line; nil when there are no more.
  ///
  /// - Throws: `CancellationError` after an interruption.
  mutating func line() throws -> String? {
    guard isEditable else {
      Streams.write(prompt.description, to: .standardError)
      return try StandardInput.line()
    }
    TerminalEcho.takeKeys()
    defer {
      TerminalEcho.restore()
      Streams.write("\n", to: .standardError)
    }
    draw()
    while let byte = try StandardInput.chunk(upTo: 1).first {
      switch editor.take(byte) {
      case .line(let line): return line
      case .end: return nil
      case .changed: draw()
      case .nothing: continue
      }
    }
    return nil
  }

  /// The line as far as it fits, with the cursor in it.
  private func draw() {
    let room = max(0, (TerminalWidth.columns(of: .standardError) ?? 80) - ScreenText.width("> ") - 1)
    // What cannot be seen is not measured, since it would be with every key of a long line.
    var before = editor.beforeCursor.suffix(room)
    while ScreenText.width(Message(before, limit: .max)) > room { before.removeFirst() }
    let head = Message(before, limit: .max)
    let tail = ScreenText.cut(Message(editor.afterCursor, limit: .max), to: max(1, room - ScreenText.width(head)))
    let back = ScreenText.width(tail)
    let move = back == 0 ? "" : "\u{1B}[\(back)D"
    Streams.write("\r\u{1B}[K\(prompt)\(head)\(tail)\(move)", to: .standardError)
  }
}
