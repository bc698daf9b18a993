import FileSystem
import Skills

/// The files of an archive laid down in its order, to be read back in another: in memory while small, else on disk.
struct Spool: EntryVisitor, ~Copyable {
  static let memoryLimit = 8 << 20

  private var memory: [UInt8] = []
  private var disk: OpenFile<ArchiveError>?
  private var size = 0
  private(set) var files: [(file: IncomingFile, offset: Int)] = []

  mutating func begin(_ file: IncomingFile) {
    files.append((file, size))
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    size += bytes.count
    if size <= Self.memoryLimit {
      memory.append(contentsOf: bytes)
    } else {
      try spill(bytes)
    }
  }

  mutating func end(_ entry: FileManifest.Entry) {}

  /// Calls `body` with the pieces of what lies at `offset`.
  func read(
    offset: Int, count: Int, into buffer: borrowing Buffer,
    _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    var done = 0
    while done < count {
      let wanted = min(buffer.bytes.count, count - done)
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes.prefix(wanted))
      let filled = try fill(target, from: offset + done)
      guard filled > 0 else { throw .library("the temporary file was cut short") }
      try body(buffer.prefix(filled))
      done += filled
    }
  }

  private func fill(_ target: UnsafeMutableRawBufferPointer, from offset: Int) throws(ArchiveError) -> Int {
    if disk == nil {
      memory.withUnsafeBytes { target.copyMemory(from: .init(rebasing: $0[offset..<offset + target.count])) }
      return target.count
    }
    return try disk?.read(at: offset, into: target) ?? 0
  }

  private mutating func spill(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    if disk == nil {
      let file = try OpenFile<ArchiveError>.temporary()
      try file.write(memory)
      disk = consume file
      memory = []
    }
    try disk?.write(bytes)
  }
}
