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
  func moveNew(_ name: String, to target: Directory, _ newName: String) throws(MeshError) -> Bool {
    if agentmesh_rename_new(descriptor.rawValue, name, target.descriptor.rawValue, newName) == 0 { return true }
    switch errno {
    case EEXIST, ENOTEMPTY: return false
    case EINVAL, ENOSYS, ENOTSUP:
      // A file system without that call: look, then move. Others of our kind are kept out by the lock.
      if try target.kind(of: newName) != nil { return false }
      try move(name, to: target, newName)
      return true
    default: throw Self.fileError("cannot move '\(place(of: name))' to '\(target.place(of: newName))'")
    }
  }

  /// Moves an entry, replacing a file or an empty directory of that name.
  func move(_ name: String, to target: Directory, _ newName: String) throws(MeshError) {
    guard renameat(descriptor.rawValue, name, target.descriptor.rawValue, newName) == 0 else {
      throw Self.fileError("cannot move '\(place(of: name))' to '\(target.place(of: newName))'")
    }
  }

  enum Exchange {
    case done
    /// One of the two was not there.
    case missing
    /// The file system cannot.
    case unsupported
  }

  /// Exchanges two entries in one step.
  func exchange(_ name: String, with other: Directory, _ otherName: String) throws(MeshError) -> Exchange {
    if agentmesh_rename_exchange(descriptor.rawValue, name, other.descriptor.rawValue, otherName) == 0 { return .done }
    switch errno {
    case EINVAL, ENOSYS, ENOTSUP: return .unsupported
    case ENOENT: return .missing
    default: throw Self.fileError("cannot exchange '\(place(of: name))' and '\(other.place(of: otherName))'")
    }
  }

  /// Makes a symbolic link.
  ///
  /// - Returns: False when this file system has no links.
  func makeLink(_ name: String, to text: String) throws(MeshError) -> Bool {
    guard symlinkat(text, descriptor.rawValue, name) != 0 else { return true }
    if [EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(errno) { return false }
    throw Self.fileError("cannot link '\(place(of: name))'")
  }

  /// Creates a file that must not exist yet, with exactly this mode whatever the umask.
  ///
  /// - Parameter durably: Whether the content is on the disk before this returns.
  func write(
    _ bytes: [UInt8], to name: String, mode: mode_t = 0o644, durably: Bool = false
  ) throws(MeshError) {
    let raw = openat(descriptor.rawValue, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard raw >= 0 else { throw Self.fileError("cannot write '\(place(of: name))'") }
    let file = FileDescriptor(rawValue: raw)
    defer { try? file.close() }
    do {
      _ = try file.writeAll(bytes)
    } catch {
      throw Self.fileError("cannot write '\(place(of: name))'")
    }
    var information = stat()
    let isRight = fstat(raw, &information) == 0 && information.st_mode & 0o7777 == mode
    guard isRight || fchmod(raw, mode) == 0, !durably || fsync(raw) == 0 else {
      throw Self.fileError("cannot write '\(place(of: name))'")
    }
  }

  /// Brings the names in the directory onto the disk, as far as the file system does that.
  func sync() {
    _ = fsync(descriptor.rawValue)
  }

  func removeFile(_ name: String) throws(MeshError) {
    guard unlinkat(descriptor.rawValue, name, 0) == 0 || errno == ENOENT else {
      throw Self.fileError("cannot remove '\(place(of: name))'")
    }
  }

  /// Removes a directory when nothing is in it; says whether it is gone.
  @discardableResult func removeIfEmpty(_ name: String) -> Bool {
    unlinkat(descriptor.rawValue, name, AT_REMOVEDIR) == 0
  }

  /// Removes an entry with everything below it.
  ///
  /// Links are removed, never followed.
  func removeTree(_ name: String) throws(MeshError) {
    try removeTree(raw: Array(name.utf8CString))
  }

  /// As `removeTree(_:)`, for a name that need not be UTF-8; with a NUL at its end.
  func removeTree(raw name: [CChar]) throws(MeshError) {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return }
      throw Self.fileError("cannot look into '\(place)'")
    }
    let isDirectory = information.st_mode & S_IFMT == S_IFDIR
    if isDirectory { try child(raw: name).removeContents() }
    guard unlinkat(descriptor.rawValue, name, isDirectory ? AT_REMOVEDIR : 0) == 0 || errno == ENOENT else {
      throw Self.fileError("cannot clear '\(place)'")
    }
  }

  private func removeContents() throws(MeshError) {
    // Somebody may have closed it; where that is not for us to change, the removals below say so.
    _ = fchmod(descriptor.rawValue, 0o700)
    for name in try rawNames() { try removeTree(raw: name) }
  }
}
