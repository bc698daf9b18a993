import CFileSystem
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Directory {
  package enum Kind: Equatable, Sendable {
    case directory
    case file
    /// With the text of the link.
    case link(String)
    case other
  }

  /// What stands under `name`, without following a link; nil when nothing does.
  package func kind(of name: some EntryName) throws(Failure) -> Kind? {
    switch try statusIfPresent(of: name)?.kind {
    case nil: return nil
    case .directory: return .directory
    case .file: return .file
    case .link: return try linkText(name).map(Kind.link)
    case .other: return .other
    }
  }

  package func status() throws(Failure) -> FileStatus {
    var raw = stat()
    try call(.inspect) { fstat(number, &raw) }
    return FileStatus(raw)
  }

  /// Of the entry itself: a link is not followed.
  package func status(of name: some EntryName) throws(Failure) -> FileStatus {
    var raw = stat()
    try call(.inspect, name) { fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }
    return FileStatus(raw)
  }

  /// As `status(of:)`, but nil when nothing of that name is there.
  package func statusIfPresent(of name: some EntryName) throws(Failure) -> FileStatus? {
    var raw = stat()
    switch attempt(name, { fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }) {
    case .success: return FileStatus(raw)
    case .failure(.noSuchFileOrDirectory): return nil
    case .failure(let errno): throw failure(.inspect, name, errno)
    }
  }

  /// - Throws: `EPERM` of trusting when it is not ours, or when somebody else may write to it: then what is in it can
  ///   be anybody's.
  package func refuseOtherWriters() throws(Failure) {
    let status = try status()
    guard status.isOurs, !status.isOpenToOthers else { throw Failure(FileError(.trust, path, .notPermitted)) }
  }

  package func identity() throws(Failure) -> FileIdentity { try status().identity }

  /// The identity of what `name` leads to, links followed; nil when it leads nowhere.
  package func identity(of name: some EntryName) -> FileIdentity? {
    var raw = stat()
    guard case .success = attempt(name, { fstatat(number, $0, &raw, 0) }) else { return nil }
    return FileStatus(raw).identity
  }

  /// What tells a directory from every copy of it, for records on disk: its inode and when it was made.
  ///
  /// Nothing of the device: its number may be another one after the next start of the machine. The moment is 0 where
  /// the file system does not know it.
  ///
  /// - Parameter name: Of an entry, links followed; without one the directory itself is meant.
  /// - Returns: Nil when there is nothing.
  package func fingerprint(of name: String = ".") -> String? {
    var raw = stat()
    var birth: Int64 = 0
    guard case .success = attempt(name, { fstatat(number, $0, &raw, 0) }),
      case .success = attempt(name, { agentmesh_birth(number, $0, &birth) })
    else { return nil }
    return "\(raw.st_ino):\(birth)"
  }

  /// The text of a link; nil when it has gone, or become something else.
  package func linkText(_ name: some EntryName) throws(Failure) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    switch attempt(name, { Int32(truncatingIfNeeded: readlinkat(number, $0, &buffer, buffer.count)) }) {
    case .success(let count):
      return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    case .failure(.noSuchFileOrDirectory), .failure(.invalidArgument): return nil
    case .failure(let errno): throw failure(.read, name, errno)
    }
  }

  /// The names in the directory that are UTF-8, sorted by their bytes.
  package func names() throws(Failure) -> [String] {
    try rawNames().compactMap { String(validating: $0, as: UTF8.self) }
  }

  /// All names in the directory but `.` and `..`, sorted by their bytes.
  ///
  /// - Parameter limit: The most names to read.
  package func rawNames(limit: Int = .max) throws(Failure) -> [[UInt8]] {
    let copy = try call(.list) { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = fdopendir(copy) else {
      let failure = Failure(FileError(.list, path, Errno(rawValue: errno)))
      close(copy)
      throw failure
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    // Nothing is both the end and a failure; only errno tells.
    guard errno == 0 else { throw Failure(FileError(.list, path, Errno(rawValue: errno))) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A regular file for reading; a link, a pipe or a device of that name is an error and is never waited for.
  package func file(_ name: some EntryName) throws(Failure) -> OpenFile<Failure> {
    switch attempt(name, { openat(number, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }) {
    case .success(let file): return try OpenFile(regular: file, path(of: name))
    case .failure(.tooManySymbolicLinkLevels), .failure(.tooManyLinks), .failure(.noSuchAddressOrDevice):
      throw failure(.open, name, .invalidArgument)
    case .failure(let errno): throw failure(.open, name, errno)
    }
  }

  /// The bytes of a small file; nil when no regular file has that name, or when it has more than `limit` bytes.
  ///
  /// Follows no link, and waits for no pipe.
  package func read(_ name: some EntryName, limit: Int) throws(Failure) -> [UInt8]? {
    do throws(FileError) {
      let file = try Directory<FileError>(self).file(name)
      return try file.bytes(limit: limit)
    } catch {
      if error.isAbsent || error.isNoRegularFile { return nil }
      throw Failure(error)
    }
  }
}
