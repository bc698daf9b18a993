/// The one grammar of names: ASCII `a-z 0-9` in runs joined by single hyphens (Agent Skills specification, `name`).
enum NameGrammar {
  /// Why `text` is not a name of at most `limit` bytes, or nil when it is one.
  static func fault(in text: String, limit: Int) -> String? {
    if text.isEmpty { return "it is empty" }
    if text.utf8.count > limit { return "it is longer than \(limit) characters" }
    if text.hasPrefix("-") || text.hasSuffix("-") { return "it starts or ends with a hyphen" }
    var previous = UInt8(ascii: "a")
    for byte in text.utf8 {
      guard isAllowed(byte) else { return "only lower-case letters a-z, digits and single hyphens are allowed" }
      if byte == UInt8(ascii: "-"), previous == byte { return "it has two hyphens in a row" }
      previous = byte
    }
    return nil
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
