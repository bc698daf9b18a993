import Skills

/// Colours and weights, which are all empty unless the stream is a terminal that wants them.
struct Style: Sendable {
  let isColoured: Bool

  /// Colours only on a terminal, never with `NO_COLOR` or a dumb terminal (no-color.org).
  init(isTerminal: Bool, environment: [String: String]) {
    isColoured = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  static let plain = Style(isTerminal: false, environment: [:])

  func bold(_ text: String) -> String { wrap(text, "1") }
  func faint(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }

  func faint(_ text: Message) -> Message { Message(trusted: faint(text.description)) }
  func red(_ text: Message) -> Message { Message(trusted: red(text.description)) }
  func yellow(_ text: Message) -> Message { Message(trusted: yellow(text.description)) }

  /// Everything that a style ever writes.
  static let codes = [0, 1, 2, 31, 32, 33].map { "\u{1B}[\($0)m" }

  private func wrap(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
