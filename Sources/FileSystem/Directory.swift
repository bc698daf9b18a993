import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open directory; copies of the value share its descriptor.
///
/// Everything below is reached through the descriptor, one name at a time and never through a link, so that nobody can
/// swap it underneath us. A name that is empty, `..`, or has a slash in it is refused with `EILSEQ`.
///
/// `Failure` is what a failed call becomes in the module that uses it.
package struct Directory<Failure: FileFailure>: Sendable {
  private let shared: SharedDescriptor
  /// Where it was when it was opened: for messages, nothing is reached through it.
  package let path: FilePath

  private init(_ shared: SharedDescriptor, _ path: FilePath) {
    self.shared = shared
    self.path = path
  }

  init(adopting number: Int32, _ path: FilePath) {
    self.init(SharedDescriptor(number), path)
  }

  /// The same directory, for a module with other failures.
  package init<Other: FileFailure>(_ other: Directory<Other>) {
    self.init(other.shared, other.path)
  }

  var number: Int32 { shared.handle.number }

  /// Where an entry is, for messages.
  package func path(of name: some EntryName) -> FilePath { path.appending(name.text) }

  /// A path of an entry that goes through the descriptor, for calls that want a path; good while the directory is open.
  ///
  /// Where the system has no such paths it is the plain one.
  package func descriptorPath(of name: String) -> FilePath {
    #if os(Linux)
      FilePath("/proc/self/fd/\(number)/\(name)")
    #else
      path(of: name)
    #endif
  }

  // MARK: - Opening

  /// Opens a directory that must exist; links in the path are followed.
  package static func open(_ path: FilePath) throws(Failure) -> Directory {
    switch openDirectory(path) {
    case .success(let number): return Directory(adopting: number, path)
    case .failure(let errno): throw Failure(FileError(.open, path, errno))
    }
  }

  /// As `open(_:)`, but nil when there is nothing of that name, or no directory.
  package static func openIfPresent(_ path: FilePath) throws(Failure) -> Directory? {
    switch openDirectory(path) {
    case .success(let number): return Directory(adopting: number, path)
    case .failure(.noSuchFileOrDirectory), .failure(.notDirectory): return nil
    case .failure(let errno): throw Failure(FileError(.open, path, errno))
    }
  }

  /// The folder of temporary files: `TMPDIR`, else the one that every system has.
  package static func openTemporary() throws(Failure) -> Directory {
    try Self.open(FilePath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"))
  }

  /// As `open(_:)`, creating it and its parents where they are missing.
  ///
  /// - Parameters:
  ///   - mode: Of what is made, less what the umask takes.
  ///   - made: Gets what was made, the outermost first.
  package static func openOrCreate(
    _ path: FilePath, mode: PermissionBits = 0o755, made: inout [Entry<Failure>]
  ) throws(Failure) -> Directory {
    // Another process may make it or take it away between two of these steps.
    for _ in 0..<8 {
      switch openDirectory(path) {
      case .success(let number): return Directory(adopting: number, path)
      case .failure(.noSuchFileOrDirectory): break
      case .failure(let errno): throw Failure(FileError(.open, path, errno))
      }
      let parent = path.removingLastComponent()
      guard let name = path.lastComponent?.string, parent != path else { break }
      let above = try openOrCreate(parent, mode: mode, made: &made)
      if try above.makeChild(name, mode: mode) == .made { made.append(Entry(directory: above, name: name)) }
    }
    // A broken link stands there.
    throw Failure(FileError(.create, path, .noSuchFileOrDirectory))
  }

  package static func openOrCreate(_ path: FilePath, mode: PermissionBits = 0o755) throws(Failure) -> Directory {
    var made: [Entry<Failure>] = []
    return try openOrCreate(path, mode: mode, made: &made)
  }

  package func child(_ name: some EntryName) throws(Failure) -> Directory {
    let opened = try call(.open, name) { openat(number, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    return Directory(adopting: opened, path(of: name))
  }

  /// As `child(_:)`, created where it is missing.
  ///
  /// - Parameter mode: Of what is made, less what the umask takes.
  package func childOrCreated(_ name: some EntryName, mode: PermissionBits = 0o755) throws(Failure) -> Directory {
    try makeChild(name, mode: mode)
    return try child(name)
  }

  /// A child that did not exist before, with exactly this mode whatever the umask.
  package func newChild(_ name: some EntryName, mode: PermissionBits = 0o755) throws(Failure) -> Directory {
    try call(.create, name) { mkdirat(number, $0, mode) }
    let made = try child(name)
    if try made.status().mode != mode { try made.call(.setMode) { fchmod(made.number, mode) } }
    return made
  }

  /// What has become of making a directory.
  package enum Creation {
    case made
    /// Something of that name is there.
    case exists
    /// The directory in which it was to be has gone.
    case parentIsGone
  }

  @discardableResult
  package func makeChild(_ name: some EntryName, mode: PermissionBits) throws(Failure) -> Creation {
    switch attempt(name, { mkdirat(number, $0, mode) }) {
    case .success: return .made
    case .failure(.fileExists): return .exists
    case .failure(.noSuchFileOrDirectory): return .parentIsGone
    case .failure(let errno): throw failure(.create, name, errno)
    }
  }

  /// The directory above, wherever links on the way here have led.
  package func parent() throws(Failure) -> Directory {
    let above = try call(.open) { openat(number, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    let parent = Directory(adopting: above, path.appending(".."))
    // The plainer path, where it leads to the same directory.
    let plain = path.removingLastComponent()
    let isSame = try FileStatus(at: plain.isEmpty ? "." : plain)?.identity == parent.identity()
    return isSame ? Directory(parent.shared, plain) : parent
  }

  // MARK: - Calling

  func failure(_ operation: FileError.Operation, _ name: some EntryName, _ errno: Errno) -> Failure {
    Failure(FileError(operation, path(of: name), errno))
  }

  func attempt(_ name: some EntryName, _ body: (UnsafePointer<CChar>) -> Int32) -> Result<Int32, Errno> {
    guard name.isOneName else { return .failure(.illegalByteSequence) }
    return name.withTerminated { terminated in systemCall { body(terminated) } }
  }

  @discardableResult
  func call(
    _ operation: FileError.Operation, _ name: some EntryName, _ body: (UnsafePointer<CChar>) -> Int32
  ) throws(Failure) -> Int32 {
    switch attempt(name, body) {
    case .success(let value): return value
    case .failure(let errno): throw failure(operation, name, errno)
    }
  }

  /// A call on the directory itself.
  @discardableResult
  func call(_ operation: FileError.Operation, _ body: () -> Int32) throws(Failure) -> Int32 {
    switch systemCall(body) {
    case .success(let value): return value
    case .failure(let errno): throw Failure(FileError(operation, path, errno))
    }
  }
}

/// A name in an open directory.
package struct Entry<Failure: FileFailure>: Sendable {
  package let directory: Directory<Failure>
  package let name: String

  package init(directory: Directory<Failure>, name: String) {
    self.directory = directory
    self.name = name
  }

  /// For messages.
  package var path: FilePath { directory.path(of: name) }
}

private func openDirectory(_ path: FilePath) -> Result<Int32, Errno> {
  (path.isEmpty ? "." : path).withPlatformString { name in
    systemCall { open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  }
}
