import CSwap
import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// Moves an entry to a name that must be free.
  ///
  /// - Returns: False when the name is taken.
  package func moveNew(_ name: String, to target: Directory, _ newName: String) throws(MeshError) -> Bool {
    if agentmesh_rename_new(descriptor.rawValue, name, target.descriptor.rawValue, newName) == 0 { return true }
    switch errno {
    case EEXIST, ENOTEMPTY: return false
    case EINVAL, ENOSYS, ENOTSUP:
      // A file system without that call: look, then move. Others of our kind are kept out by the lock.
      if try target.kind(of: newName) != nil { return false }
      try move(name, to: target, newName)
      return true
    default: throw Self.fileError("cannot move '\(path.appending(name))' to '\(target.path.appending(newName))'")
    }
  }

  /// Moves an entry, replacing a file or an empty directory of that name.
  package func move(_ name: String, to target: Directory, _ newName: String) throws(MeshError) {
    guard renameat(descriptor.rawValue, name, target.descriptor.rawValue, newName) == 0 else {
      throw Self.fileError("cannot move '\(path.appending(name))' to '\(target.path.appending(newName))'")
    }
  }

  /// Exchanges two entries in one step.
  ///
  /// - Returns: False when the file system cannot.
  package func exchange(_ name: String, with other: Directory, _ otherName: String) throws(MeshError) -> Bool {
    if agentmesh_rename_exchange(descriptor.rawValue, name, other.descriptor.rawValue, otherName) == 0 { return true }
    if [EINVAL, ENOSYS, ENOTSUP].contains(errno) { return false }
    throw Self.fileError("cannot exchange '\(path.appending(name))' and '\(other.path.appending(otherName))'")
  }

  package func makeLink(_ name: String, to text: String) throws(MeshError) {
    guard symlinkat(text, descriptor.rawValue, name) == 0 else {
      throw Self.fileError("cannot link '\(path.appending(name))'")
    }
  }

  package func removeFile(_ name: String) throws(MeshError) {
    guard unlinkat(descriptor.rawValue, name, 0) == 0 || errno == ENOENT else {
      throw Self.fileError("cannot remove '\(path.appending(name))'")
    }
  }

  /// Removes a directory when nothing is in it; says whether it is gone.
  @discardableResult package func removeIfEmpty(_ name: String) -> Bool {
    unlinkat(descriptor.rawValue, name, AT_REMOVEDIR) == 0
  }

  /// Removes an entry with everything below it. Links are removed, never followed.
  package func removeTree(_ name: String) throws(MeshError) {
    guard let kind = try kind(of: name) else { return }
    guard kind == .directory else { return try removeFile(name) }
    let below = try child(name)
    for entry in try below.names() { try below.removeTree(entry) }
    guard unlinkat(descriptor.rawValue, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw Self.fileError("cannot remove '\(path.appending(name))'")
    }
  }

  /// Creates a file that must not exist yet.
  package func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o644) throws(MeshError) {
    let raw = openat(descriptor.rawValue, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard raw >= 0 else { throw Self.fileError("cannot write '\(path.appending(name))'") }
    let file = FileDescriptor(rawValue: raw)
    defer { try? file.close() }
    do {
      _ = try file.writeAll(bytes)
    } catch {
      throw Self.fileError("cannot write '\(path.appending(name))'")
    }
  }

  /// The bytes of a small file; nil when there is none of that name, or more than `limit` bytes in it.
  package func read(_ name: String, limit: Int) throws(MeshError) -> [UInt8]? {
    let raw = openat(descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard raw >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.fileError("cannot read '\(path.appending(name))'")
    }
    let file = FileDescriptor(rawValue: raw)
    defer { try? file.close() }
    do {
      let bytes = try [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
        while count < limit + 1 {
          let read = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
          if read == 0 { break }
          count += read
        }
      }
      return bytes.count <= limit ? bytes : nil
    } catch {
      throw Self.fileError("cannot read '\(path.appending(name))'")
    }
  }
}

extension Directory {
  /// Whether the owner may run a file.
  func isExecutable(_ name: String) throws(MeshError) -> Bool {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw Self.fileError("cannot look at '\(path.appending(name))'")
    }
    return information.st_mode & S_IXUSR != 0
  }
}
