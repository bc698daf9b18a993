import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of an archive laid down in its order, to be read back in another: in memory while small, else on disk.
struct Spool: EntryVisitor, ~Copyable {
  static let memoryLimit = 8 << 20

  private var memory: [UInt8] = []
  private var disk: OpenFile?
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
      try onDisk { () throws(FileFault) in try spill(bytes) }
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
      let filled = try onDisk { () throws(FileFault) in try fill(target, from: offset + done) }
      guard filled > 0 else { throw .library("the temporary file was cut short") }
      try body(buffer.prefix(filled))
      done += filled
    }
  }

  private func fill(_ target: UnsafeMutableRawBufferPointer, from offset: Int) throws(FileFault) -> Int {
    if disk == nil {
      memory.withUnsafeBytes { target.copyMemory(from: .init(rebasing: $0[offset..<offset + target.count])) }
      return target.count
    }
    return try disk?.read(at: offset, into: target) ?? 0
  }

  private mutating func spill(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
    if disk == nil {
      let file = try Self.temporaryFile()
      let written = memory
      var failure: FileFault?
      written.withUnsafeBytes { bytes in
        do throws(FileFault) { try file.write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
      disk = consume file
      memory = []
    }
    try disk?.write(bytes)
  }

  /// A file without a name: it is gone with its descriptor, whatever happens.
  private static func temporaryFile() throws(FileFault) -> OpenFile {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let name = "\(folder)/agent-mesh-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let (descriptor, failure) = systemCall { openat(AT_FDCWD, name, flags, 0o600) }
    if let failure { throw FileFault(.create, folder, failure) }
    unlink(name)
    return OpenFile(adopting: descriptor, path: folder)
  }
}
