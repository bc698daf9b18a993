import CFileSystem
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What has to be on the disk before a replacement counts as done.
package enum Durability: Sendable {
  /// Readers see the old content or the new one, as long as the system runs.
  case atomic
  /// Also after a power failure: the file is synced before it gets its name, and the directory after it.
  case synced
}

extension Directory {
  // MARK: - Files

  /// A file that did not exist before, for writing.
  ///
  /// - Parameter mode: What it is made with, less what the umask takes.
  package func create(_ name: some EntryName, mode: PermissionBits = 0o600) throws(Failure) -> OpenFile<Failure> {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return OpenFile(adopting: try call(.create, name) { openat(number, $0, flags, mode) }, path(of: name))
  }

  /// A regular file for writing, made where it is missing; what is in it stays.
  ///
  /// - Parameter appends: Whether each write goes to its end.
  package func openOrCreateFile(
    _ name: some EntryName, mode: PermissionBits = 0o600, appends: Bool = false
  ) throws(Failure) -> OpenFile<Failure> {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (appends ? O_APPEND : 0)
    return try OpenFile(regular: try call(.open, name) { openat(number, $0, flags, mode) }, path(of: name))
  }

  /// Creates a file that must not exist yet, with exactly this mode whatever the umask.
  ///
  /// - Parameter durably: Whether the content is on the disk before this returns; the name need not be.
  package func write(
    _ bytes: [UInt8], to name: some EntryName, mode: PermissionBits = 0o644, durably: Bool = false
  ) throws(Failure) {
    let file = try create(name, mode: mode)
    try file.write(bytes)
    try file.setMode(mode)
    if durably { try file.sync() }
  }

  /// Puts a whole new file in the place of whatever has that name.
  ///
  /// - Parameter temporary: Its name until it is complete.
  package func replace(
    _ name: String, with bytes: [UInt8], mode: PermissionBits = 0o600, _ durability: Durability,
    temporary: String = temporaryName()
  ) throws(Failure) {
    try replace(name, temporary: temporary) { temporary throws(Failure) in
      try write(bytes, to: temporary, mode: mode, durably: durability == .synced)
    }
    if durability == .synced { try sync() }
  }

  /// As above, with what `make` makes under the temporary name; nothing is synced.
  package func replace(
    _ name: String, temporary: String = temporaryName(), _ make: (String) throws(Failure) -> Void
  ) throws(Failure) {
    do {
      try make(temporary)
      try move(temporary, to: self, name)
    } catch {
      _ = attempt(temporary) { unlinkat(number, $0, 0) }
      throw error
    }
  }

  /// A name that no other file has.
  package static func temporaryName(_ prefix: String = ".agent-mesh-") -> String {
    let digits = (0..<2).map { _ in String(UInt64.random(in: .min ... .max) | 1 << 63, radix: 16) }
    return prefix + digits.joined()
  }

  /// Brings the names in the directory onto the disk, as far as the file system does that.
  package func sync() throws(Failure) {
    // Shares and FUSE file systems may sync files alone.
    if case .failure(let errno) = systemCall({ fsync(number) }), !errno.isUnsupported {
      throw Failure(FileError(.sync, path, errno))
    }
  }

  // MARK: - Names

  /// Moves an entry, replacing a file or an empty directory of that name.
  package func move(_ name: some EntryName, to target: Directory, _ newName: some EntryName) throws(Failure) {
    if case .failure(let errno) = pair(name, target, newName, renameat) { throw target.failure(.move, newName, errno) }
  }

  /// Moves an entry to a name that must be free.
  ///
  /// - Returns: False when the name is taken.
  package func moveNew(
    _ name: some EntryName, to target: Directory, _ newName: some EntryName
  ) throws(Failure) -> Bool {
    switch pair(name, target, newName, agentmesh_rename_new) {
    case .success: return true
    case .failure(.fileExists), .failure(.directoryNotEmpty): return false
    case .failure(let errno) where errno.isUnsupported:
      // A file system without that call: look, then move. Others of our kind are kept out by the lock.
      if try target.statusIfPresent(of: newName) != nil { return false }
      try move(name, to: target, newName)
      return true
    case .failure(let errno): throw target.failure(.move, newName, errno)
    }
  }

  package enum Exchange: Sendable {
    case done
    /// One of the two was not there.
    case missing
    /// The file system cannot.
    case unsupported
  }

  /// Exchanges two entries in one step.
  package func exchange(
    _ name: some EntryName, with other: Directory, _ otherName: some EntryName
  ) throws(Failure) -> Exchange {
    switch pair(name, other, otherName, agentmesh_rename_exchange) {
    case .success: return .done
    case .failure(.noSuchFileOrDirectory): return .missing
    case .failure(let errno) where errno.isUnsupported: return .unsupported
    case .failure(let errno): throw other.failure(.move, otherName, errno)
    }
  }

  /// Makes a symbolic link.
  ///
  /// - Returns: False when this file system has no links.
  package func makeLink(_ name: some EntryName, to text: String) throws(Failure) -> Bool {
    switch attempt(name, { symlinkat(text, number, $0) }) {
    case .success: return true
    case .failure(let errno) where errno.isUnsupported || errno == .notPermitted: return false
    case .failure(let errno): throw failure(.link, name, errno)
    }
  }

  /// Makes `name` a second name of the very file that is open; false when that is not possible.
  package func makeName(
    _ name: some EntryName, of file: borrowing OpenFile<Failure>
  ) throws(Failure) -> Bool {
    let (path, identity) = (file.path, try file.status().identity)
    let linked = path.withPlatformString { source in attempt(name) { linkat(AT_FDCWD, source, number, $0, 0) } }
    guard case .success = linked else { return false }
    if try status(of: name).identity == identity { return true }
    try removeFile(name)
    return false
  }

  /// Makes a file that shares its blocks with the one of the same name in another directory.
  ///
  /// - Returns: False when the file system cannot; then there is no file of that name.
  package func clone(_ name: String, of source: Directory, mode: PermissionBits) throws(Failure) -> Bool {
    guard case .success = attempt(name, { agentmesh_clone(source.number, number, $0) }) else { return false }
    try call(.setMode, name) { fchmodat(number, $0, mode, 0) }
    return true
  }

  // MARK: - Removing

  /// Removes a file or a link; that it is gone already is no failure.
  package func removeFile(_ name: some EntryName) throws(Failure) { try remove(name, 0) }

  /// Removes a directory when nothing is in it; says whether it is gone.
  @discardableResult
  package func removeIfEmpty(_ name: some EntryName) -> Bool {
    if case .success = attempt(name, { unlinkat(number, $0, AT_REMOVEDIR) }) { true } else { false }
  }

  /// Removes an entry with everything below it; links are removed, never followed.
  package func removeTree(_ name: some EntryName) throws(Failure) {
    // Most entries are files, and gone with one call. Not every system says of a directory that it is one.
    switch attempt(name, { unlinkat(number, $0, 0) }) {
    case .success, .failure(.noSuchFileOrDirectory): return
    case .failure(.isDirectory): break
    case .failure(let errno):
      guard let kind = try statusIfPresent(of: name)?.kind else { return }
      guard kind == .directory else { throw failure(.remove, name, errno) }
    }
    let inner = try child(name)
    // Somebody may have closed it; where that is not for us to change, the removals below say so.
    if try inner.status().mode & 0o700 != 0o700 { _ = fchmod(inner.number, 0o700) }
    for name in try inner.rawNames() { try inner.removeTree(name) }
    try remove(name, AT_REMOVEDIR)
  }

  private func remove(_ name: some EntryName, _ flags: Int32) throws(Failure) {
    switch attempt(name, { unlinkat(number, $0, flags) }) {
    case .success, .failure(.noSuchFileOrDirectory): return
    case .failure(let errno): throw failure(.remove, name, errno)
    }
  }

  private func pair(
    _ name: some EntryName, _ target: Directory, _ newName: some EntryName,
    _ call: (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>) -> Int32
  ) -> Result<Int32, Errno> {
    guard newName.isOneName else { return .failure(.illegalByteSequence) }
    return newName.withTerminated { new in attempt(name) { call(number, $0, target.number, new) } }
  }
}

extension Errno {
  /// What file systems answer that lack a call.
  fileprivate var isUnsupported: Bool {
    [.invalidArgument, .noFunction, .notSupported, .notSupportedOnSocket].contains(self)
  }
}
