import Foundation
import Skills
import SystemPackage

/// An open regular file of the cache, or one that is to be taken in.
struct CacheFile: ~Copyable {
  struct Identity: Equatable {
    var device: UInt64
    var inode: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      inode = UInt64(status.st_ino)
    }
  }

  let descriptor: Int32
  /// Bytes when it was opened.
  let size: Int
  let modified: Date
  let identity: Identity
  /// Whether it is ours and nobody else may do anything with it.
  let isForOwnerAlone: Bool
  private let path: String

  private init(adopting descriptor: Int32, _ status: stat, path: String) {
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
    modified = status.modified
    identity = Identity(status)
    isForOwnerAlone = status.st_uid == geteuid() && status.st_mode & 0o7777 == 0o600
  }

  deinit { closeDescriptor(descriptor) }

  /// - Throws: `.foreign` when it is no regular file.
  static func adopt(_ raw: Int32, _ path: String) throws(CacheFault) -> CacheFile {
    guard raw >= 0 else { throw CacheFault.last(path) }
    var status = stat()
    let isKnown = fstat(raw, &status) == 0
    let file = CacheFile(adopting: raw, status, path: path)
    guard isKnown else { throw CacheFault.last(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .foreign }
    return file
  }

  /// A file that is to be taken in; nothing but a regular file, and no link.
  static func open(_ path: String) throws(CacheFault) -> CacheFile {
    try adopt(openPath(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), path)
  }

  /// The SHA-256 of the content; nil when the task was cancelled meanwhile.
  func digest() throws(CacheFault) -> Digest? {
    var hasher = Digest.Hasher()
    var isCancelled = false
    try forEachPiece { (piece) throws(CacheFault) in
      isCancelled = isCancelled || Task.isCancelled
      if !isCancelled { hasher.update(piece) }
    }
    return isCancelled ? nil : hasher.finalize()
  }

  /// The whole content.
  ///
  /// - Throws: `.foreign` when it has more than `limit` bytes.
  func bytes(limit: Int) throws(CacheFault) -> [UInt8] {
    guard size <= limit else { throw .foreign }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    try forEachPiece { (piece) throws(CacheFault) in
      guard bytes.count + piece.count <= limit else { throw .foreign }
      bytes += piece
    }
    return bytes
  }

  /// Lends the content in order, a piece at a time.
  func forEachPiece(_ body: (ArraySlice<UInt8>) throws(CacheFault) -> Void) throws(CacheFault) {
    var buffer = [UInt8](repeating: 0, count: min(max(size, 1), 1 << 20))
    var offset = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CacheFault.last(path) }
      if count == 0 { return }
      try body(buffer[..<count])
      offset += count
    }
  }

  func write(_ bytes: some Collection<UInt8>) throws(CacheFault) {
    var rest = ArraySlice(bytes)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CacheFault.last(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes now the time of its last use; where that is not possible it merely seems older.
  func touch() {
    _ = futimens(descriptor, nil)
  }
}
