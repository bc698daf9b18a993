import NIOHTTP1

/// The header fields on which the framing of a message and the life of its connection depend, found in one pass.
struct FramingFields {
  private(set) var hosts = 0
  private(set) var host = ""
  private(set) var encodings = 0
  private(set) var encoding = ""
  private(set) var hasLength = false
  /// Whether the connection is to end with this message.
  private(set) var asksToClose = false
  private(set) var asksToUpgrade = false

  init(_ headers: HTTPHeaders) {
    for (name, value) in headers {
      if Self.isSame(name, "host") {
        hosts += 1
        host = value
      } else if Self.isSame(name, "transfer-encoding") {
        encodings += 1
        encoding = value
      } else if Self.isSame(name, "content-length") {
        hasLength = true
      } else if Self.isSame(name, "connection") {
        for option in value.split(separator: ",") { take(option.drop { $0 == " " || $0 == "\t" }) }
      }
    }
  }

  private mutating func take(_ option: Substring) {
    let word = option.prefix { $0 != " " && $0 != "\t" }
    if Self.isSame(word, "close") { asksToClose = true }
    if Self.isSame(word, "upgrade") { asksToUpgrade = true }
  }

  /// - Parameter lowered: A token in lower case.
  private static func isSame(_ token: some StringProtocol, _ lowered: StaticString) -> Bool {
    guard token.utf8.count == lowered.utf8CodeUnitCount else { return false }
    return lowered.withUTF8Buffer { zip(token.utf8, $0).allSatisfy { $0 | 0x20 == $1 } }
  }
}
