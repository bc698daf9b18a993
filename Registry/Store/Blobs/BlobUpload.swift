import Skills
import Synchronization
import SystemPackage

/// A file that grows chunk by chunk and is hashed on the way.
///
/// Unless it is kept, it is gone with its last reference.
package final class BlobUpload: Sendable {
  package let path: FilePath
  private let state: Mutex<State>

  private struct State {
    var descriptor: FileDescriptor?
    var hasher = Digest.Hasher()
    var size = 0
    var isKept = false
  }

  init(in folder: FilePath) throws(StoreFailure) {
    let name = Digest(of: Randomness.bytes(16)).hexadecimal.prefix(32)
    path = folder.appending(String(name))
    let descriptor = try Disk.open(
      path, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    state.withLock { state in
      try? state.descriptor?.close()
      if !state.isKept { try? Disk.remove(path) }
    }
  }

  /// Bytes written so far.
  package var size: Int { state.withLock(\.size) }

  package func append(_ bytes: some Collection<UInt8>) throws(StoreFailure) {
    try state.withLock { state throws(StoreFailure) in
      guard let descriptor = state.descriptor else { throw .inaccessible("'\(path)' is closed") }
      do {
        try descriptor.writeAll(bytes)
      } catch {
        throw Disk.failure("cannot write '\(path)'", error)
      }
      state.hasher.update(bytes)
      state.size += bytes.count
    }
  }

  /// Makes the content durable and returns its digest; nothing can be appended afterwards.
  func seal() throws(StoreFailure) -> Digest {
    try state.withLock { state throws(StoreFailure) in
      guard let descriptor = state.descriptor else { throw .inaccessible("'\(path)' is closed") }
      try Disk.sync(descriptor, of: path)
      state.descriptor = nil
      try? descriptor.close()
      return state.hasher.finalize()
    }
  }

  func wasKept() {
    state.withLock { $0.isKept = true }
  }
}
