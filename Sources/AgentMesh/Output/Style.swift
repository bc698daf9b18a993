import Skills

/// Colours and weights, which are all empty unless the stream is a terminal that wants them.
struct Style: Sendable {
  let isColoured: Bool

  /// Colours only on a terminal, never with `NO_COLOR` or a dumb terminal (no-color.org).
  init(isTerminal: Bool, environment: [String: String]) {
    isColoured = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  static let plain = Style(isTerminal: false, environment: [:])

  func bold(_ text: Message) -> Message { wrap(text, "1") }
  func faint(_ text: Message) -> Message { wrap(text, "2") }
  func red(_ text: Message) -> Message { wrap(text, "31") }
  func green(_ text: Message) -> Message { wrap(text, "32") }
  func yellow(_ text: Message) -> Message { wrap(text, "33") }

  private func wrap(_ text: Message, _ code: String) -> Message {
    isColoured ? Message(trusted: "\u{1B}[\(code)m\(text)\u{1B}[0m") : text
  }
}
