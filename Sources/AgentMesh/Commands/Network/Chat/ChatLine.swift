/// What somebody has typed in a conversation.
enum ChatLine: Equatable {
  case empty
  case quit
  case help
  /// A word behind a slash that means nothing here.
  case unknown(String)
  case message(String)

  /// `//text` says `/text`.
  init(_ line: String) {
    let text = line.trimmed
    if text.isEmpty {
      self = .empty
    } else if text.hasPrefix("//") {
      self = .message(String(text.dropFirst()))
    } else if text.hasPrefix("/") {
      self = Self.command(String(text.prefix { !$0.isWhitespace }))
    } else {
      self = .message(text)
    }
  }

  private static func command(_ word: String) -> ChatLine {
    switch word {
    case "/quit", "/exit", "/q": .quit
    case "/help": .help
    default: .unknown(word)
    }
  }
}
