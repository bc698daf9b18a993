import Skills

/// `-----BEGIN … PRIVATE KEY-----` and at least one line of key.
enum SecretKeyBlock {
  static let begin = Array("-----BEGIN ".utf8)
  private static let end = Array("PRIVATE KEY".utf8)

  static func end(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    guard SecretTriggers.starts(text, at: index, with: begin) else { return nil }
    let start = index + begin.count
    let label = text[start...].prefix(40).prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "\n") }
    let named = Array(label)
    guard named.suffix(end.count).elementsEqual(end) || named.suffix(end.count + 6).elementsEqual(end + " BLOCK".utf8)
    else { return nil }
    // Prose about keys names the header; a key has a long line of base64 somewhere behind it.
    let behind = text[(start + named.count)...].prefix(4_096)
    let hasKey = behind.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\\") }.contains { line in
      line.count >= 32 && line.allSatisfy { isBase64($0) } && !SecretExample.isToken(Array(line)[...])
    }
    return hasKey ? start + named.count : nil
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "+/=\r".utf8.contains(byte)
  }
}
