import RegistryAPI
import Skills

/// JSON that is safe to look at: what a terminal could obey, or a reader not see, is written as `\\u` escapes.
enum JSONText {
  static func encode(_ value: some Encodable, pretty: Bool) throws -> String {
    safe(String(decoding: try WireCoding.encode(value, pretty: pretty), as: UTF8.self))
  }

  /// The same JSON with those escapes.
  static func safe(_ text: String) -> String {
    var text = text
    if text.withUTF8({ bytes in !bytes.contains { $0 >= 0x7F } }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || !TerminalText.isUnsafe(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in UTF16.encode(scalar).map(Array.init) ?? [] { result += escape(unit) }
      }
    }
    return result
  }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
