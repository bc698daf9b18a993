/// The header of a gzip member (RFC 1952, 2.3), of which this dialect allows a stored name and nothing more.
struct GzipHeader {
  /// Magic, deflate, no flags, time 0, no extra flags, unknown system: the header that our packer writes.
  static let canonical: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  private static let fixedCount = 10
  private static let maximumNameCount = 256
  static let maximumCount = fixedCount + maximumNameCount

  private static let nameFlag: UInt8 = 0x08

  /// Bytes up to the compressed data.
  let count: Int
  let isCanonical: Bool

  /// - Parameter start: the first `maximumCount` bytes of the archive, or all of it when it is shorter.
  init(parsing start: [UInt8]) throws(ArchiveError) {
    guard start.count >= Self.fixedCount else { throw .refused(.truncated, "the archive ends in its gzip header") }
    guard start.starts(with: [0x1F, 0x8B, 8]) else { throw .refused(.gzipHeader, "the archive is not gzip") }
    isCanonical = start.starts(with: Self.canonical)
    switch start[3] {
    case 0:
      count = Self.fixedCount
    case Self.nameFlag:
      guard let end = start[Self.fixedCount...].firstIndex(of: 0) else {
        throw .refused(.gzipHeader, "the gzip header holds a name of more than \(Self.maximumNameCount) bytes")
      }
      count = end + 1
    default:
      throw .refused(.gzipHeader, "the gzip header has flags that are not allowed")
    }
  }
}
