import Skills

/// `password = "…"` and `PASSWORD=…`: a telling name, a sign, and a value that was drawn at random.
enum SecretAssignment {
  private static let names = [
    "password", "passwd", "secret", "api_key", "apikey", "api-key", "access_key", "accesskey", "access-key",
    "auth_token", "authtoken", "token", "private_key", "client_secret", "secret_key", "secretkey", "signing_key",
    "encryption_key", "passphrase", "pwd",
  ]
  private static let passwords = ["password", "passwd", "passphrase", "pwd"]
  private static let valueBytes = 16...200

  /// - Parameter index: where the sign stands, or the quote that ends a quoted name before it.
  static func end(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    var sign = index
    if isQuote(text[sign]) { sign += 1 }
    guard sign < text.count, text[sign] == UInt8(ascii: "=") || text[sign] == UInt8(ascii: ":") else { return nil }
    let name = name(in: text, before: index)
    guard isTelling(name) else { return nil }
    let open = text[(sign + 1)...].prefix(8).firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard let open else { return nil }
    guard isQuote(text[open]) else {
      return isDownloadLink(in: text, before: index) ? nil : bareEnd(in: text, from: open)
    }
    let value = text[(open + 1)...].prefix(valueBytes.upperBound + 1).prefix { $0 != text[open] && $0 > 0x20 }
    let end = open + 1 + value.count
    guard valueBytes.contains(value.count), end < text.count, text[end] == text[open] else { return nil }
    let bytes = Array(value)[...]
    // A reference to a variable is no secret.
    if bytes.contains(where: { "${}<>()".utf8.contains($0) }) { return nil }
    let isPassword = passwords.contains(where: name.hasSuffix)
    return isSecret(bytes, isPassword: isPassword, in: text, at: open) ? end : nil
  }

  /// In Markdown, a backtick is one, too.
  private static func isQuote(_ byte: UInt8) -> Bool { SecretTriggers.quotes.contains(byte) }

  private static func isSecret(
    _ value: ArraySlice<UInt8>, isPassword: Bool, in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Bool {
    guard SecretShape.isRandom(value), !SecretExample.isValue(value, isPassword: isPassword) else { return false }
    return !SecretReference.isValue(value, in: surroundings(of: index, in: text))
  }

  /// A few lines of text, lower case.
  private static func surroundings(of index: Int, in text: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: text[max(0, index - 200)..<min(text.count, index + 200)], as: UTF8.self).lowercased()
  }

  /// The end of a value without quotes, which has to look more like a key than a quoted one: program text stands there,
  /// too.
  private static func bareEnd(in text: UnsafeBufferPointer<UInt8>, from open: Int) -> Int? {
    let value = text[open...].prefix(valueBytes.upperBound + 1).prefix {
      SecretTriggers.isWord($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "=")
    }
    let end = open + value.count
    guard valueBytes.contains(value.count), end == text.count || " \t\r\n\"'`,;#".utf8.contains(text[end]) else {
      return nil
    }
    let bytes = Array(value)[...]
    let isNumbered = bytes.count { $0.isDigit } >= 3 && !bytes.contains(UInt8(ascii: "_"))
    guard isNumbered || isMixed(bytes) && WordShare.of(bytes) < 0.3 else { return nil }
    return isSecret(bytes, isPassword: false, in: text, at: open) ? end : nil
  }

  /// Whether there are small letters and capitals.
  private static func isMixed(_ value: ArraySlice<UInt8>) -> Bool {
    Set(value.lazy.filter(\.isLetter).map { $0 & 0x20 }).count == 2
  }

  /// Firebase puts a token into the address of every file that is public: `…?alt=media&token=<UUID>`.
  private static func isDownloadLink(in text: UnsafeBufferPointer<UInt8>, before index: Int) -> Bool {
    let before = String(decoding: text[max(0, index - 24)..<index], as: UTF8.self)
    guard before.contains("alt=media") else { return false }
    let value = Array(text[(index + 1)...].prefix(37).prefix { SecretTriggers.isWord($0) })
    return SecretShape.isUUID(value[...])
  }

  private static func name(in text: UnsafeBufferPointer<UInt8>, before index: Int) -> String {
    var end = index
    while end > 0, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
    var start = end
    while start > 0, end - start < 64, SecretTriggers.isWord(text[start - 1]) { start -= 1 }
    return String(decoding: text[start..<end], as: UTF8.self).lowercased()
  }

  private static func isTelling(_ name: String) -> Bool {
    names.contains { name.hasSuffix($0) } && !SecretExample.isName(name) && !SecretReference.isName(name)
  }
}
