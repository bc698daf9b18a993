import Foundation
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The least that making a small file durable takes: write, sync, rename, sync the folder.
struct SyncedFolder: ~Copyable {
  private let path: FilePath
  private let descriptor: FileDescriptor

  init(_ path: FilePath) throws {
    self.path = path
    descriptor = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
  }

  deinit { try? descriptor.close() }

  func write(_ bytes: [UInt8], to name: String) throws {
    let draft = path.appending(name + ".draft")
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    try file.closeAfter {
      try file.writeAll(bytes)
      try check(fsync(file.rawValue), "sync a file")
    }
    try check(rename(draft.string, path.appending(name).string), "rename a file")
    try check(fsync(descriptor.rawValue), "sync a folder")
  }

  private func check(_ status: Int32, _ action: String) throws {
    if status != 0 { throw Failure("cannot \(action): errno \(errno)") }
  }
}
