import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few calls on files that must not fail silently, with the errors of the store.
enum Disk {
  /// Creates a folder where it is missing, and makes its name durable.
  ///
  /// One that is there may have been made by a process that was killed before it could sync the name.
  static func makeFolder(_ path: FilePath) throws(StoreFailure) {
    if mkdir(path.string, 0o700) != 0, errno != EEXIST { throw failure("cannot create '\(path)'") }
    let parent = path.removingLastComponent()
    try syncFolder(parent.isEmpty ? "." : parent)
  }

  static func rename(_ source: FilePath, to target: FilePath) throws(StoreFailure) {
    guard renameFile(source.string, target.string) == 0 else { throw failure("cannot store '\(target)'") }
  }

  static func remove(_ path: FilePath) throws(StoreFailure) {
    guard unlink(path.string) != 0, errno != ENOENT else { return }
    throw failure("cannot remove '\(path)'")
  }

  static func sync(_ descriptor: FileDescriptor, of path: FilePath) throws(StoreFailure) {
    guard fsync(descriptor.rawValue) == 0 else { throw failure("cannot sync '\(path)'") }
  }

  /// Makes the names in a folder durable.
  static func syncFolder(_ path: FilePath) throws(StoreFailure) {
    let descriptor = try open(path, .readOnly)
    defer { try? descriptor.close() }
    try sync(descriptor, of: path)
  }

  static func open(
    _ path: FilePath, _ mode: FileDescriptor.AccessMode, options: FileDescriptor.OpenOptions = [],
    permissions: FilePermissions? = nil
  ) throws(StoreFailure) -> FileDescriptor {
    do {
      return try FileDescriptor.open(path, mode, options: options.union(.closeOnExec), permissions: permissions)
    } catch {
      throw failure("cannot open '\(path)'", error)
    }
  }

  static func names(in folder: FilePath) throws(StoreFailure) -> [String] {
    guard let stream = opendir(folder.string) else { throw failure("cannot read '\(folder)'") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// What `errno`, or a given error, means for the store.
  static func failure(_ what: String, _ error: any Error = Errno(rawValue: errno)) -> StoreFailure {
    guard let errno = error as? Errno else { return .inaccessible("\(what): \(error)") }
    if errno == .noSpace || errno == .diskQuotaExceeded { return .full }
    if errno == .tooManyOpenFiles || errno == .tooManyOpenFilesInSystem { return .exhausted }
    return .inaccessible("\(what): \(errno)")
  }
}

private func renameFile(_ source: String, _ target: String) -> Int32 {
  rename(source, target)
}
