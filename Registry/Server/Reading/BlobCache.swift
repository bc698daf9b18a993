import NIOCore
import RegistryStore
import Skills

/// Small contents in memory, checked once when they were read; large ones are streamed and checked on the way.
///
/// A content is known by its digest, whether it is a blob or a file out of one.
struct BlobCache: Sendable {
  static let smallBlob = 256 << 10
  /// The largest content that is kept: any SKILL.md.
  static let largest = 1 << 20

  private let store: BlobStore
  private let threads: WorkThreads
  private let piece: Int
  private let contents = BoundedCache<Digest, ByteBuffer>(limit: 64 << 20) { $0.readableBytes + 64 }
  /// The files that were read whole and found intact.
  private let intact = BoundedCache<Digest, BlobStamp>(limit: 1 << 17) { _ in 1 }
  /// However many ask for a part of a blob at once, it is examined for one of them.
  private let examining = KeyLock<Digest>()

  init(store: BlobStore, threads: WorkThreads, limits: RegistryLimits) {
    self.store = store
    self.threads = threads
    piece = limits.responsePiece
  }

  /// A content that was checked, when it is at hand.
  subscript(digest: Digest) -> ByteBuffer? { contents[digest] }

  /// Keeps a content that was checked.
  func keep(_ content: ByteBuffer, as digest: Digest) {
    if content.readableBytes <= Self.largest { contents.insert(content, for: digest) }
  }

  func size(of digest: Digest) async throws -> Int {
    try await threads.reading.runIfActive { try store.open(digest).size }
  }

  /// The whole blob, checked, when it is small; nil when it has to be streamed.
  func whole(_ digest: Digest, size: Int) async throws -> ByteBuffer? {
    guard size <= Self.smallBlob else { return nil }
    if let cached = contents[digest] { return cached }
    let bytes = try await threads.reading.runIfActive { try store.open(digest).readAll() }
    let buffer = ByteBuffer(bytes: bytes)
    keep(buffer, as: digest)
    return buffer
  }

  /// Reads a blob from end to end unless that was done since anybody last wrote to its file.
  ///
  /// - Throws: `.corrupt` when it is not what was stored: no part of it may be sent.
  func demandIntact(_ digest: Digest, for client: Client) async throws {
    try await examining.withLock(digest) {
      let examination = BlobExamination(digest, in: store)
      let stamp = try await threads.unpacking.run(
        for: client, steps: { try examination.step(known: intact[digest]) })
      intact.insert(stamp, for: digest)
    }
  }

  /// Hands `range` of a blob to `write` in pieces.
  ///
  /// When the range is the whole blob, its last piece is held back until the digest is known to be right, so that a
  /// damaged blob never looks complete. Before a part is sent, `demandIntact(_:for:)` has to be asked.
  func stream(
    _ digest: Digest, range: Range<Int>, size: Int, to write: (ByteBuffer) async throws -> Void
  ) async throws {
    var hasher = Digest.Hasher()
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: piece) {
      let count = min(piece, range.upperBound - offset)
      let bytes = try await threads.reading.runIfActive { try store.open(digest).read(at: offset, count: count) }
      guard bytes.count == count else { throw StoreFailure.corrupt("blob \(digest) is too short") }
      hasher.update(bytes)
      let isLast = offset + count == range.upperBound
      if isLast, range == 0..<size, hasher.finalize() != digest { throw StoreFailure.corrupt("blob \(digest)") }
      try await write(ByteBuffer(bytes: bytes))
    }
  }
}
