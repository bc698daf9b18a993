import RegistryStore
import SkillArchive
import Skills
import Synchronization

/// One file of a stored archive, inflated piece by piece as it is asked for; no more than a piece is in memory.
///
/// The archive is opened when the first piece is asked for, on the thread that reads.
final class FileStream: Sendable {
  private struct State: ~Copyable {
    var reader: ArchiveFileReader?
    var stamp: BlobStamp?
  }

  /// Pieces of the archive that one step inflates.
  private static let piecesPerStep = 8

  private let file: FileContents.Location
  private let blobs: BlobStore
  private let limits: ArchiveLimits
  private let state = Mutex(State())

  init(_ file: FileContents.Location, in blobs: BlobStore, limits: ArchiveLimits) {
    self.file = file
    self.blobs = blobs
    self.limits = limits.withoutDuration
  }

  /// The stamp of the archive at the first call, which has to come before the first step: a later one would vouch for
  /// bytes that were read before a change.
  func stamp() throws(StoreFailure) -> BlobStamp {
    try state.withLock { state throws(StoreFailure) in
      if let known = state.stamp { return known }
      let stamp = try blobs.open(file.archive).stamp
      state.stamp = stamp
      return stamp
    }
  }

  /// One step, in which bytes of the file are handed to `take`.
  ///
  /// - Returns: Whether all bytes have come.
  func step(_ take: ([UInt8]) -> Void) throws(StoreFailure) -> Bool {
    for _ in 0..<Self.piecesPerStep {
      switch try next() {
      case .unfinished: return false
      case .finished(let bytes?): take(bytes)
      case .finished(nil): return true
      }
    }
    return false
  }

  /// The next bytes of the file, or nil once all have come and are those that were published; unfinished while they lie
  /// further on in the archive.
  ///
  /// - Throws: `.corrupt` when the archive cannot be read, or the file is not there or not the one that was published.
  func next() throws(StoreFailure) -> WorkQueue.Progress<[UInt8]?> {
    for _ in 0..<Self.piecesPerStep {
      switch try piece() {
      case .skipped: continue
      case .bytes(let bytes): return .finished(bytes)
      case .end(let found):
        guard found == file.entry else { throw .corrupt("blob \(file.archive)") }
        return .finished(nil)
      }
    }
    return .unfinished
  }

  private func piece() throws(StoreFailure) -> ArchiveFileReader.Piece {
    do {
      return try state.withLock { state throws(ArchiveError) in
        if state.reader == nil {
          let archive = ArchiveSource.file(blobs.path(of: file.archive))
          state.reader = try ArchiveFileReader.open(archive, file.entry.path, limits: limits)
        }
        return try state.reader?.next() ?? .skipped
      }
    } catch {
      throw StoredArchive.failure(error, file.archive)
    }
  }
}
