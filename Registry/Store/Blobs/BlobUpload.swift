import FileSystem
import Skills
import Synchronization
import SystemPackage

/// A file that grows chunk by chunk and is hashed on the way.
///
/// Unless it is kept, it is gone with its last reference.
package final class BlobUpload: Sendable {
  let folder: StoreDirectory
  let name: String
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: OpenFile<StoreFailure>?
    var hasher = Digest.Hasher()
    var size = 0
    var isKept = false
  }

  init(in folder: StoreDirectory) throws(StoreFailure) {
    self.folder = folder
    name = StoreDirectory.temporaryName("")
    state = Mutex(State(file: try folder.create(name)))
  }

  deinit {
    // What cannot be removed now is swept away when the server starts again.
    state.withLock { if !$0.isKept { try? folder.removeFile(name) } }
  }

  package var path: FilePath { folder.path(of: name) }

  /// Bytes written so far.
  package var size: Int { state.withLock { $0.size } }

  package func append(_ bytes: some Collection<UInt8>) throws(StoreFailure) {
    try state.withLock { state throws(StoreFailure) in
      guard try state.file?.write(bytes) != nil else { throw .inaccessible("'\(path)' is closed") }
      state.hasher.update(bytes)
      state.size += bytes.count
    }
  }

  /// Makes the content durable and returns its digest; nothing can be appended afterwards.
  func seal() throws(StoreFailure) -> Digest {
    try state.withLock { state throws(StoreFailure) in
      guard let file = state.file.take() else { throw .inaccessible("'\(path)' is closed") }
      try file.sync()
      return state.hasher.finalize()
    }
  }

  func wasKept() {
    state.withLock { $0.isKept = true }
  }
}
