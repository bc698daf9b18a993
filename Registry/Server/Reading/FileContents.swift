import NIOCore
import RegistryStore
import SkillArchive
import Skills
import Synchronization

/// Files out of stored archives: small ones whole and kept, large ones inflated as they are read.
///
/// Nothing of a file is sent before all of it was found to be what was published.
struct FileContents: Sendable {
  /// A file of a version, by the archive that holds it and what it has to be.
  struct Location: Hashable, Sendable {
    var entry: FileManifest.Entry
    var archive: Digest
  }

  /// What reading a large file to its end has shown.
  private struct Facts: Sendable {
    var stamp: BlobStamp
    var isText: Bool
  }

  let blobs: BlobStore
  let cache: BlobCache
  let threads: WorkThreads
  let limits: ArchiveLimits
  private let examined = BoundedCache<Location, Facts>(limit: 1 << 16) { _ in 1 }
  /// However many ask for a file at once, it is read for one of them.
  private let reading = KeyLock<Location>()

  static func isSmall(_ entry: FileManifest.Entry) -> Bool { entry.size <= BlobCache.largest }

  /// The content of a small file, checked.
  func whole(_ file: Location, for client: Client) async throws -> ByteBuffer {
    if let known = cache[file.entry.digest] { return known }
    return try await reading.withLock(file) { try await read(file, for: client) }
  }

  private func read(_ file: Location, for client: Client) async throws -> ByteBuffer {
    if let known = cache[file.entry.digest] { return known }
    let stream = FileStream(file, in: blobs, limits: limits)
    let content = Mutex(ByteBuffer())
    return try await threads.unpacking.run(
      for: client,
      steps: {
        let isAtEnd = try stream.step { bytes in content.withLock { _ = $0.writeBytes(bytes) } }
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
    try await reading.withLock(file) { try await examineAlone(file, for: client) }
  }

  private func examineAlone(_ file: Location, for client: Client) async throws -> Bool {
    let stream = FileStream(file, in: blobs, limits: limits)
    let isText = Mutex<Bool?>(nil)
    return try await threads.unpacking.run(
      for: client,
      steps: {
        let stamp = try stream.stamp()
        if let known = examined[file], known.stamp == stamp { return .finished(known.isText) }
        let isAtEnd = try stream.step { bytes in
          isText.withLock { isText in if isText == nil { isText = TextSample.isText(bytes) } }
        }
        guard isAtEnd else { return .unfinished }
        let facts = Facts(stamp: stamp, isText: isText.withLock { $0 } ?? true)
        examined.insert(facts, for: file)
        return .finished(facts.isText)
      })
  }

  /// Hands a file to `write` piece by piece; the last piece only once the whole is known to be right.
  func stream(
    _ file: Location, for client: Client, to write: (ByteBuffer) async throws -> Void
  ) async throws {
    let stream = FileStream(file, in: blobs, limits: limits)
    var held: [UInt8]?
    while let piece = try await threads.unpacking.run(for: client, steps: { try stream.next() }) {
      if let held { try await write(ByteBuffer(bytes: held)) }
      held = piece
    }
    if let held { try await write(ByteBuffer(bytes: held)) }
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
