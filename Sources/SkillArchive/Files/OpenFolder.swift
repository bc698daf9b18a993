import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open folder; everything below it is reached by one name at a time, and never through a link.
struct OpenFolder: ~Copyable {
  private let handle: OpenFile

  private init(adopting handle: consuming OpenFile) {
    self.handle = handle
  }

  var path: String { handle.path }

  /// The folder that a person named, which may be a link to one.
  static func named(_ path: FilePath) throws(FileFault) -> OpenFolder {
    let (descriptor, failure) = systemCall {
      path.withPlatformString { openat(AT_FDCWD, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) }
    }
    if let failure { throw FileFault(.open, path.string, failure) }
    return OpenFolder(adopting: OpenFile(adopting: descriptor, path: path.string))
  }

  /// The same folder again, with an offset and an owner of its own.
  static func again(_ descriptor: FileDescriptor, path: String = ".") throws(FileFault) -> OpenFolder {
    let (copy, failure) = systemCall {
      openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    if let failure { throw FileFault(.open, path, failure) }
    return OpenFolder(adopting: OpenFile(adopting: copy, path: path))
  }

  func folder(_ name: [UInt8]) throws(FileFault) -> OpenFolder {
    let path = path(of: name)
    let descriptor = try open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, path)
    return OpenFolder(adopting: OpenFile(adopting: descriptor, path: path))
  }

  /// A regular file for reading; a link, a pipe or a device of that name is an error and is never waited for.
  func file(_ name: [UInt8]) throws(FileFault) -> OpenFile {
    let path = path(of: name)
    let descriptor = try open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, path)
    let file = OpenFile(adopting: descriptor, path: path)
    guard try file.status().isRegular else { throw FileFault(.open, path, .invalidArgument) }
    return file
  }

  /// A file that did not exist before.
  ///
  /// - Parameter mode: What it is made with, less what the umask takes.
  func createFile(_ name: [UInt8], mode: mode_t = 0o600) throws(FileFault) -> OpenFile {
    let path = path(of: name)
    let descriptor = try open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, path, mode: mode)
    return OpenFile(adopting: descriptor, path: path)
  }

  /// A folder that did not exist before, with mode 0755 whatever the umask.
  func createFolder(_ name: [UInt8]) throws(FileFault) -> OpenFolder {
    let (_, failure) = systemCall { withCString(name) { mkdirat(handle.descriptor, $0, 0o755) } }
    if let failure { throw FileFault(.create, path(of: name), failure) }
    let folder = try folder(name)
    try folder.handle.setMode(0o755)
    return folder
  }

  func status(of name: [UInt8]) throws(FileFault) -> FileStatus {
    var raw = stat()
    let (_, failure) = systemCall {
      withCString(name) { fstatat(handle.descriptor, $0, &raw, AT_SYMLINK_NOFOLLOW) }
    }
    if let failure { throw FileFault(.inspect, path(of: name), failure) }
    return FileStatus(raw)
  }

  /// The names of everything inside, sorted by their bytes, without `.` and `..`.
  func names() throws(FileFault) -> [[UInt8]] {
    try FolderStream.names(of: handle)
  }

  func sync() throws(FileFault) { try handle.sync() }

  private func open(
    _ name: [UInt8], _ flags: Int32, _ path: String, mode: mode_t = 0
  ) throws(FileFault) -> Int32 {
    let (descriptor, failure) = systemCall {
      withCString(name) { openat(handle.descriptor, $0, flags, mode) }
    }
    if let failure { throw FileFault(flags & O_CREAT == 0 ? .open : .create, path, failure) }
    return descriptor
  }

  private func path(of name: [UInt8]) -> String {
    let name = String(decoding: name, as: UTF8.self)
    return path == "." ? name : path + "/" + name
  }
}

/// Lends `name` with a NUL behind it.
private func withCString<Value>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Value) -> Value {
  var text = name.map(CChar.init(bitPattern:))
  text.append(0)
  return text.withUnsafeBufferPointer { buffer in
    // The buffer holds the NUL at least, so it has an address.
    buffer.baseAddress.map(body) ?? body("")
  }
}
