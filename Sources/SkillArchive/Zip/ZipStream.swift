#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A zip archive as libarchive wants it: in pieces from an offset that it chooses.
final class ZipStream: ByteStream {
  private let source: SourceReader
  private var offset = 0

  init(_ source: consuming SourceReader) {
    self.source = source
  }

  override func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let count = try source.read(at: offset, into: buffer)
    offset += count
    return count
  }

  override func seek(to offset: Int64, from whence: Int32) -> Int64? {
    let base: Int
    switch whence {
    case SEEK_SET: base = 0
    case SEEK_CUR: base = self.offset
    case SEEK_END: base = source.size
    default: return nil
    }
    let (target, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, (0...source.size).contains(target) else { return nil }
    self.offset = target
    return Int64(target)
  }
}
