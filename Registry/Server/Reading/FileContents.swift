import NIOCore
import RegistryStore
import SkillArchive
import Skills
import Synchronization

/// Files out of stored archives: small ones whole and kept, large ones inflated as they are read.
///
/// Nothing of a file is sent before all of it was found to be what was published.
struct FileContents: Sendable {
  /// A file of a version, by its place and what it has to be.
  struct Location: Sendable {
    var entry: FileManifest.Entry
    var archive: Digest
  }

  /// What reading a large file to its end has shown.
  private struct Facts: Sendable {
    var stamp: BlobStamp
    var isText: Bool
  }

  /// Pieces that one step inflates.
  private static let piecesPerStep = 8

  let blobs: BlobStore
  let cache: BlobCache
  let threads: WorkThreads
  let limits: RegistryLimits
  private let examined = BoundedCache<Digest, Facts>(limit: 1 << 16) { _ in 1 }
  /// However many ask for a file at once, it is read for one of them.
  private let reading = KeyLock<Digest>()

  init(blobs: BlobStore, cache: BlobCache, threads: WorkThreads, limits: RegistryLimits) {
    self.blobs = blobs
    self.cache = cache
    self.threads = threads
    self.limits = limits
  }

  static func isSmall(_ entry: FileManifest.Entry) -> Bool { entry.size <= BlobCache.largest }

  /// The content of a small file, checked.
  func whole(_ file: Location, for client: Client) async throws -> ByteBuffer {
    if let known = cache[file.entry.digest] { return known }
    return try await reading.withLock(file.entry.digest) { try await read(file, for: client) }
  }

  private func read(_ file: Location, for client: Client) async throws -> ByteBuffer {
    if let known = cache[file.entry.digest] { return known }
    let walk = Walk(file, self)
    let content = Mutex(ByteBuffer())
    return try await threads.unpacking.run(
      for: client,
      steps: {
        let isAtEnd = try walk.step { bytes in content.withLock { _ = $0.writeBytes(bytes) } }
        guard isAtEnd else { return .unfinished }
        let buffer = content.withLock { $0 }
        cache.keep(buffer, as: file.entry.digest)
        return .finished(buffer)
      })
  }

  /// Reads a large file to its end without keeping it, unless that was done since anybody last wrote to its archive.
  ///
  /// - Returns: Whether its beginning is text.
  /// - Throws: `.corrupt` when it is not what was published: nothing of it may be sent.
  func examine(_ file: Location, for client: Client) async throws -> Bool {
    try await reading.withLock(file.entry.digest) { try await examineAlone(file, for: client) }
  }

  private func examineAlone(_ file: Location, for client: Client) async throws -> Bool {
    let walk = Walk(file, self)
    let isText = Mutex<Bool?>(nil)
    return try await threads.unpacking.run(
      for: client,
      steps: {
        let stamp = try blobs.open(file.archive).stamp
        if let known = examined[file.entry.digest], known.stamp == stamp { return .finished(known.isText) }
        let isAtEnd = try walk.step { bytes in
          isText.withLock { isText in if isText == nil { isText = TextSample.isText(bytes) } }
        }
        guard isAtEnd else { return .unfinished }
        let facts = Facts(stamp: stamp, isText: isText.withLock { $0 } ?? true)
        examined.insert(facts, for: file.entry.digest, readAt: examined.epoch)
        return .finished(facts.isText)
      })
  }

  /// Hands a file to `write` piece by piece; the last piece only once the whole is known to be right.
  func stream(
    _ file: Location, for client: Client, to write: (ByteBuffer) async throws -> Void
  ) async throws {
    let walk = Walk(file, self)
    var held: [UInt8]?
    while let piece = try await threads.unpacking.run(for: client, steps: { try walk.nextPiece() }) {
      if let held { try await write(ByteBuffer(bytes: held)) }
      held = piece
    }
    if let held { try await write(ByteBuffer(bytes: held)) }
  }
}

extension FileContents {
  /// One way through an archive to the end of a file; opened on the thread that reads.
  private final class Walk: Sendable {
    private let file: Location
    private let contents: FileContents
    private let stream = Mutex<FileStream?>(nil)

    init(_ file: Location, _ contents: FileContents) {
      self.file = file
      self.contents = contents
    }

    /// - Returns: Whether all bytes have come.
    func step(_ take: ([UInt8]) -> Void) throws -> Bool {
      let stream = try opened()
      for _ in 0..<FileContents.piecesPerStep {
        switch try stream.next() {
        case .skipped: continue
        case .bytes(let bytes): take(bytes)
        case .end: return true
        }
      }
      return false
    }

    /// - Returns: Nil at the end.
    func nextPiece() throws -> WorkQueue.Progress<[UInt8]?> {
      let stream = try opened()
      for _ in 0..<FileContents.piecesPerStep {
        switch try stream.next() {
        case .skipped: continue
        case .bytes(let bytes): return .finished(bytes)
        case .end: return .finished(nil)
        }
      }
      return .unfinished
    }

    private func opened() throws -> FileStream {
      try stream.withLock { stream in
        if let stream { return stream }
        let opened = try FileStream(
          file.entry, of: file.archive, in: contents.blobs, limits: contents.limits.archive)
        stream = opened
        return opened
      }
    }
  }
}

/// Tells text from other bytes.
enum TextSample {
  /// Whether bytes are UTF-8 without a NUL; a character that is cut at the end does not count.
  static func isText(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    guard !bytes.contains(0) else { return false }
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    var end = bytes.endIndex
    for _ in 0..<3 where end > bytes.startIndex {
      end = bytes.index(before: end)
      if bytes[end] >= 0xC0 { return String(validating: bytes[..<end], as: UTF8.self) != nil }
      if bytes[end] < 0x80 { return false }
    }
    return false
  }
}
