import FileSystem

/// An open archive: its size, and its bytes from any offset.
struct SourceReader: ~Copyable {
  private enum Backing: ~Copyable {
    case memory([UInt8])
    case disk(OpenFile<ArchiveError>)
  }

  private let backing: Backing
  let size: Int

  private init(_ backing: consuming Backing, size: Int) {
    self.backing = backing
    self.size = size
  }

  /// - Throws: `compressed-limit` when the archive is larger than `limits` allow.
  static func open(_ source: ArchiveSource, limits: ArchiveLimits) throws(ArchiveError) -> SourceReader {
    ArchiveOpenings.observer?()
    let reader = try open(source)
    guard reader.size <= limits.compressedBytes else {
      throw .refused(.compressedLimit, "the archive is larger than \(limits.compressedBytes) bytes")
    }
    return reader
  }

  private static func open(_ source: ArchiveSource) throws(ArchiveError) -> SourceReader {
    switch source {
    case .bytes(let bytes):
      return SourceReader(.memory(bytes), size: bytes.count)
    case .file(let path):
      let file = try OpenFile<ArchiveError>.open(path)
      let size = try file.status().size
      return SourceReader(.disk(file), size: size)
    }
  }

  /// Fills as much of `buffer` as there is before `size`; fewer bytes only at the end.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    let wanted = max(0, min(buffer.count, size - offset))
    switch backing {
    case .memory(let bytes):
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[min(offset, size)...].prefix(wanted))) }
      return wanted
    case .disk(let file):
      var filled = 0
      while filled < wanted {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<wanted])
        let count = try file.read(at: offset + filled, into: rest)
        if count == 0 { break }
        filled += count
      }
      return filled
    }
  }

  /// Up to `count` bytes from `offset` on; fewer only at the end.
  func bytes(at offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
    let buffer = Buffer(count: max(1, count))
    let filled = try read(at: offset, into: .init(rebasing: buffer.bytes.prefix(count)))
    return Array(buffer.prefix(filled))
  }
}
