import NIOCore
import NIOPosix
import RegistryStore
import Skills

/// Small blobs in memory, checked once when they were read; large ones are streamed and checked on the way.
struct BlobCache: Sendable {
  static let smallBlob = 256 << 10
  static let chunk = 128 << 10

  private let store: BlobStore
  private let threads: NIOThreadPool
  private let small = BoundedCache<Digest, ByteBuffer>(limit: 64 << 20) { $0.readableBytes }

  init(store: BlobStore, threads: NIOThreadPool) {
    self.store = store
    self.threads = threads
  }

  /// The whole blob, checked, when it is small; nil when it has to be streamed.
  func whole(_ digest: Digest, size: Int) async throws -> ByteBuffer? {
    guard size <= Self.smallBlob else { return nil }
    if let cached = small[digest] { return cached }
    let store = store
    let bytes = try await threads.runIfActive { try store.open(digest).readAll() }
    let buffer = ByteBuffer(bytes: bytes)
    small.insert(buffer, for: digest, readAt: small.epoch)
    return buffer
  }

  /// Hands `range` of a blob to `write` in chunks.
  ///
  /// When the range is the whole blob, its last chunk is held back until the digest is known to be right, so that a
  /// damaged blob never looks complete.
  func stream(
    _ digest: Digest, range: Range<Int>, size: Int, to write: (ByteBuffer) async throws -> Void
  ) async throws {
    var hasher = Digest.Hasher()
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
      let count = min(Self.chunk, range.upperBound - offset)
      let store = store
      let bytes = try await threads.runIfActive { try store.open(digest).read(at: offset, count: count) }
      guard bytes.count == count else { throw StoreFailure.corrupt("blob \(digest) is too short") }
      hasher.update(bytes)
      let isLast = offset + count == range.upperBound
      if isLast, range == 0..<size, hasher.finalize() != digest { throw StoreFailure.corrupt("blob \(digest)") }
      try await write(ByteBuffer(bytes: bytes))
    }
  }
}
