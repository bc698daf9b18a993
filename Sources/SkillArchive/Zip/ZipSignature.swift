/// The four bytes with which records of a zip archive begin (APPNOTE 4.3), and the sizes of their fixed parts.
enum ZipSignature {
  static let local: [UInt8] = [0x50, 0x4B, 3, 4]
  static let central: [UInt8] = [0x50, 0x4B, 1, 2]
  static let end: [UInt8] = [0x50, 0x4B, 5, 6]
  static let descriptor: [UInt8] = [0x50, 0x4B, 7, 8]

  static let localBytes = 30
  static let centralBytes = 46
  static let endBytes = 22
}

/// How an entry of a zip archive is stored.
enum ZipMethod: UInt16 {
  case stored = 0
  case deflate = 8
}

/// The general purpose flags that this dialect knows.
struct ZipFlags: OptionSet {
  let rawValue: UInt16

  static let encrypted = ZipFlags(rawValue: 1 << 0)
  /// Two bits that say how hard the writer tried.
  static let effort = ZipFlags(rawValue: 3 << 1)
  /// Sizes and checksum follow the data.
  static let descriptor = ZipFlags(rawValue: 1 << 3)
  static let strongEncryption = ZipFlags(rawValue: 1 << 6)
  static let utf8 = ZipFlags(rawValue: 1 << 11)
  static let maskedHeaders = ZipFlags(rawValue: 1 << 13)

  static let allowed: ZipFlags = [.effort, .descriptor, .utf8]
  static let anyEncryption: ZipFlags = [.encrypted, .strongEncryption, .maskedHeaders]
}
