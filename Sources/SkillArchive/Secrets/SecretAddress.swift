import Skills

/// Addresses that let in whoever knows them: `scheme://user:password@host`, and webhooks of Slack.
enum SecretAddress {
  private static let sign = Array("://".utf8)
  private static let webhook = Array("hooks.slack.com/services/".utf8)
  private static let maximumBytes = 200
  /// Of the last part of a webhook, at least.
  private static let webhookKeyBytes = 20

  /// - Parameter index: where `://` stands.
  static func match(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (kind: String, end: Int)? {
    guard index > 0, text[index - 1].isLetter || text[index - 1].isDigit,
      SecretTriggers.starts(text, at: index, with: sign)
    else { return nil }
    let start = index + sign.count
    if let end = webhookEnd(in: text, from: start) { return ("Slack webhook", end) }
    return passwordEnd(in: text, from: start).map { ("password in an address", $0) }
  }

  private static func webhookEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard SecretTriggers.starts(text, at: start, with: webhook) else { return nil }
    let path = text[(start + webhook.count)...].prefix(maximumBytes).prefix {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "/")
    }
    let parts = Array(path).split(separator: UInt8(ascii: "/"))
    guard parts.count == 3, parts[2].count >= webhookKeyBytes, SecretShape.isRandom(parts[2]),
      !SecretExample.isToken(parts[2])
    else { return nil }
    return start + webhook.count + path.count
  }

  private static func passwordEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    // What ends an address, or stands in for a part of it.
    let ends = "/?#\"'`<>{}()[]$*@".utf8
    let login = Array(text[start...].prefix(maximumBytes).prefix { $0 > 0x20 && !ends.contains($0) })
    let end = start + login.count
    guard end < text.count, text[end] == UInt8(ascii: "@"), let colon = login.firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    let password = login[(colon + 1)...]
    let host = String(decoding: text[end...].prefix(64).prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
    guard SecretShape.isRandom(password), !SecretExample.isValue(password, isPassword: false), !host.contains("example")
    else { return nil }
    return end
  }
}
