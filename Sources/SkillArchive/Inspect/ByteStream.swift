/// What libarchive reads from: pieces of an archive on request, and for zip also from any offset.
///
/// libarchive's callbacks cannot throw, so the first failure is kept here and everything after it fails.
class ByteStream {
  private(set) var failure: ArchiveError?
  private let buffer = Buffer()

  /// Fills `buffer`; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int { 0 }

  /// The new position, or nil where seeking is not offered.
  func seek(to offset: Int64, from whence: Int32) -> Int64? { nil }

  /// The next piece, valid until the next call; nil after a failure.
  final func next() -> UnsafeRawBufferPointer? {
    if failure != nil { return nil }
    do {
      return buffer.prefix(try read(into: buffer.bytes))
    } catch {
      failure = error
      return nil
    }
  }

  /// Reads to the very end, so that what stands behind the last entry is seen, too.
  final func drain() throws(ArchiveError) {
    while let piece = next(), !piece.isEmpty {}
    if let failure { throw failure }
  }
}
