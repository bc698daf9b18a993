import RegistryStore
import SkillArchive
import Skills
import Synchronization

/// One file of a stored archive, inflated piece by piece as it is asked for; no more than a piece is in memory.
final class FileStream: Sendable {
  enum Piece: Sendable {
    /// Nothing of the file yet: it lies further on in the archive.
    case skipped
    case bytes([UInt8])
    /// All bytes have come, and they are those that were published.
    case end
  }

  private let entry: FileManifest.Entry
  private let archive: Digest
  private let reader: Mutex<ArchiveFileReader>

  /// - Throws: `.corrupt` when the archive cannot be read.
  init(_ entry: FileManifest.Entry, of archive: Digest, in blobs: BlobStore, limits: ArchiveLimits) throws(StoreFailure)
  {
    self.entry = entry
    self.archive = archive
    // It was in time when it was published; that this machine is busy now says nothing of the archive.
    var limits = limits
    limits.duration = nil
    do {
      reader = Mutex(try ArchiveFileReader.open(.file(blobs.path(of: archive)), entry.path, limits: limits))
    } catch {
      throw StoredArchive.failure(error, archive)
    }
  }

  /// - Throws: `.corrupt` when the file is not there or not the one that was published.
  func next() throws(StoreFailure) -> Piece {
    do {
      switch try reader.withLock({ reader throws(ArchiveError) in try reader.next() }) {
      case .skipped: return .skipped
      case .bytes(let bytes): return .bytes(bytes)
      case .end(let found):
        guard found == entry else { throw StoreFailure.corrupt("blob \(archive)") }
        return .end
      }
    } catch let error as ArchiveError {
      throw StoredArchive.failure(error, archive)
    } catch let failure as StoreFailure {
      throw failure
    } catch {
      throw .inaccessible("\(error)")
    }
  }
}
