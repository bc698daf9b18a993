import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
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
  package func kind(of name: String) throws(MeshError) -> Kind? {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw Self.fileError("cannot look at '\(place(of: name))'")
    }
    switch information.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    case S_IFLNK: return try linkText(name).map(Kind.link)
    default: return .other
    }
  }

  /// Device and inode: equal for two paths to one directory.
  package struct Identity: Hashable, Sendable {
    fileprivate var device: UInt64
    fileprivate var inode: UInt64

    fileprivate init(_ information: stat) {
      device = UInt64(information.st_dev)
      inode = UInt64(information.st_ino)
    }
  }

  package func identity() throws(MeshError) -> Identity {
    Identity(try status())
  }

  /// The identity of what `name` leads to, links followed; nil when it leads nowhere.
  package func identity(of name: String) -> Identity? {
    var information = stat()
    return fstatat(descriptor.rawValue, name, &information, 0) == 0 ? Identity(information) : nil
  }

  /// A folder in which everybody may add, rename and remove entries, also those of others, lets them swap what we put
  /// there.
  ///
  /// A folder that its group may write to is not refused: with a umask of 002 that is how teams share a project, and who
  /// is in the group was trusted with its files by whoever set that up.
  ///
  /// - Parameter withParent: Whether the folder above counts, too.
  /// - Throws: `fileError`, naming the remedy.
  func refuseOpen(withParent: Bool) throws(MeshError) {
    for name in withParent ? [".", ".."] : ["."] {
      var information = stat()
      guard fstatat(descriptor.rawValue, name, &information, 0) == 0 else {
        throw Self.fileError("cannot look at '\(place(of: name))'")
      }
      guard information.st_mode & S_IWOTH != 0, information.st_mode & S_ISVTX == 0 else { continue }
      let folder = name == "." ? place : place(of: name)
      throw MeshError(
        .fileError, "everybody may write to '\(folder)'", hint: "Close it first: chmod o-w '\(folder)'.")
    }
  }

  /// The names in the directory that are UTF-8, sorted by bytes.
  package func names() throws(MeshError) -> [String] {
    try rawNames().sorted { strcmp($0, $1) < 0 }.compactMap(Self.text)
  }

  /// A name without its NUL; nil when it is not UTF-8.
  static func text(_ name: [CChar]) -> String? {
    String(validating: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// All names in the directory, each with a NUL at its end.
  func rawNames() throws(MeshError) -> [[CChar]] {
    let copy = openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw Self.fileError("cannot read '\(place)'") }
    guard let stream = fdopendir(copy) else {
      let failure = Self.fileError("cannot read '\(place)'")
      close(copy)
      throw failure
    }
    defer { closedir(stream) }
    var names: [[CChar]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name + [0]) }
      errno = 0
    }
    // Nothing is both the end and a failure; only errno tells.
    guard errno == 0 else { throw Self.fileError("cannot read '\(place)'") }
    return names
  }

  /// The bytes of a small file; nil when no regular file has that name, or when it has more than `limit` bytes.
  ///
  /// Follows no link, and waits for no pipe.
  package func read(_ name: String, limit: Int) throws(MeshError) -> [UInt8]? {
    let raw = openat(descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard raw >= 0 else {
      if [ENOENT, ELOOP, EMLINK, ENXIO].contains(errno) { return nil }
      throw Self.fileError("cannot read '\(place(of: name))'")
    }
    let file = FileDescriptor(rawValue: raw)
    defer { try? file.close() }
    var information = stat()
    guard fstat(raw, &information) == 0 else { throw Self.fileError("cannot read '\(place(of: name))'") }
    guard information.st_mode & S_IFMT == S_IFREG, information.st_size <= limit else { return nil }
    do {
      return try Self.content(of: file, size: Int(information.st_size))
    } catch {
      throw Self.fileError("cannot read '\(place(of: name))'")
    }
  }

  private static func content(of file: FileDescriptor, size: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let read = try file.read(into: rest)
        if read == 0 { break }
        count += read
      }
    }
  }

  /// The permission bits of an entry; nil when there is none.
  func permissions(of name: String) throws(MeshError) -> mode_t? {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw Self.fileError("cannot look at '\(place(of: name))'")
    }
    return information.st_mode & 0o777
  }

  /// Whether the owner may run a file.
  func isExecutable(_ name: String) throws(MeshError) -> Bool {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw Self.fileError("cannot look at '\(place(of: name))'")
    }
    return information.st_mode & S_IXUSR != 0
  }

  private func status() throws(MeshError) -> stat {
    var information = stat()
    guard fstat(descriptor.rawValue, &information) == 0 else { throw Self.fileError("cannot look at '\(place)'") }
    return information
  }

  /// Nil when the link has gone, or become something else, in the meantime.
  private func linkText(_ name: String) throws(MeshError) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlinkat(descriptor.rawValue, name, &buffer, buffer.count)
    guard count >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.fileError("cannot read the link '\(place(of: name))'")
    }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
