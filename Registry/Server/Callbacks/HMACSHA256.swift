import Skills

/// Codes that only those can make who have the key (RFC 2104, with SHA-256).
enum HMACSHA256 {
  private static let blockSize = 64

  /// 32 bytes.
  static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    let short = key.count > blockSize ? Digest(of: key).bytes : key
    let block = short + [UInt8](repeating: 0, count: blockSize - short.count)
    let inner = Digest(of: block.map { $0 ^ 0x36 } + message)
    return Digest(of: block.map { $0 ^ 0x5C } + inner.bytes).bytes
  }
}
