import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Held by the one process that serves a data folder; the kernel releases it when the process ends, however it ends.
package struct ServerLock: ~Copyable {
  private let descriptor: FileDescriptor
  private let marker: FilePath
  /// Whether the process before this one ended without saying so.
  package let followsUncleanStop: Bool

  private init(adopting descriptor: FileDescriptor, marker: FilePath) {
    self.descriptor = descriptor
    self.marker = marker
    followsUncleanStop = access(marker.string, F_OK) == 0
  }

  /// - Throws: `.inUse` when another process serves the folder.
  package static func take(folder: FilePath) throws(StoreFailure) -> ServerLock {
    try Disk.makeFolder(folder)
    let descriptor = try Disk.open(
      folder.appending("server.lock"), .readWrite, options: .create, permissions: .ownerReadWrite)
    let lock = ServerLock(adopting: descriptor, marker: folder.appending("running"))
    guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(folder.string) }
    let created = try Disk.open(lock.marker, .writeOnly, options: .create, permissions: .ownerReadWrite)
    try? created.close()
    return lock
  }

  /// Notes that everything was written and closed.
  package consuming func release() {
    unlink(marker.string)
  }

  deinit {
    try? descriptor.close()
  }
}
