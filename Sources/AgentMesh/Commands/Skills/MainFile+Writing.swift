import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension MainFile {
  /// Puts other bytes in the place of the file: all of them or none, and with the mode that it has.
  func replace(with bytes: [UInt8]) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw Errno(rawValue: errno) }
    let sibling = path + ".\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let file = try FileDescriptor.open(
      FilePath(sibling), .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: .ownerReadWrite)
    do {
      try file.closeAfter {
        try file.writeAll(bytes)
        guard fchmod(file.rawValue, status.st_mode & 0o7777) == 0, fsync(file.rawValue) == 0 else {
          throw Errno(rawValue: errno)
        }
      }
      guard rename(sibling, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(sibling)
      throw error
    }
  }
}
