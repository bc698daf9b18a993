import CSwap
import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open directory. Everything below it is reached through its descriptor, so that nobody can swap it underneath us.
package final class Directory: Sendable {
  package let descriptor: FileDescriptor
  /// For messages; files are not reached through it.
  package let path: FilePath

  private init(adopting descriptor: FileDescriptor, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    try? descriptor.close()
  }

  /// Opens a directory that must exist; links in the path are followed.
  package static func open(_ path: FilePath) throws(MeshError) -> Directory {
    try adopt(openDirectory(path), path)
  }

  /// Opens a directory, creating it and its parents where they are missing.
  package static func openOrCreate(_ path: FilePath) throws(MeshError) -> Directory {
    let opened = openDirectory(path)
    if opened >= 0 || errno != ENOENT { return try adopt(opened, path) }
    let parent = path.removingLastComponent()
    guard let name = path.lastComponent?.string, parent != path else { return try adopt(-1, path) }
    let above = try openOrCreate(parent.isEmpty ? "." : parent)
    guard mkdirat(above.descriptor.rawValue, name, 0o755) == 0 || errno == EEXIST else {
      throw fileError("cannot create '\(path)'")
    }
    return try adopt(openDirectory(path), path)
  }

  /// Opens a child directory without following a link.
  package func child(_ name: String) throws(MeshError) -> Directory {
    let place = path.appending(name)
    return try Self.adopt(
      openat(descriptor.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), place)
  }

  /// Opens a child directory, creating it when it is missing.
  package func childOrCreated(_ name: String, mode: mode_t = 0o755) throws(MeshError) -> Directory {
    guard mkdirat(descriptor.rawValue, name, mode) == 0 || errno == EEXIST else {
      throw Self.fileError("cannot create '\(path.appending(name))'")
    }
    return try child(name)
  }

  /// The directory above, whatever the path says.
  package func parent() throws(MeshError) -> Directory {
    try Self.adopt(
      openat(descriptor.rawValue, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC), path.removingLastComponent())
  }

  private static func adopt(_ raw: Int32, _ path: FilePath) throws(MeshError) -> Directory {
    guard raw >= 0 else { throw fileError("cannot open the folder '\(path)'") }
    return Directory(adopting: FileDescriptor(rawValue: raw), path: path)
  }

  /// A `fileError` from `errno`.
  static func fileError(_ what: String) -> MeshError {
    let number = Errno(rawValue: errno)
    let hint: String? =
      switch number {
      case .noSpace, .diskQuotaExceeded: "Free some space and try again; nothing was changed."
      case .permissionDenied, .notPermitted, .readOnlyFileSystem: "Check who owns the folder and whether you may write there."
      default: nil
      }
    return MeshError(number == .noSpace ? .storageFull : .fileError, "\(what): \(number)", hint: hint)
  }
}

private func openDirectory(_ path: FilePath) -> Int32 {
  open(path.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
}

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
      throw Self.fileError("cannot look at '\(path.appending(name))'")
    }
    switch information.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    case S_IFLNK: return .link(try linkText(name))
    default: return .other
    }
  }

  /// Device and inode: equal for two paths to one directory.
  package func identity() throws(MeshError) -> Identity {
    var information = stat()
    guard fstat(descriptor.rawValue, &information) == 0 else { throw Self.fileError("cannot look at '\(path)'") }
    return Identity(device: UInt64(information.st_dev), inode: UInt64(information.st_ino))
  }

  package struct Identity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
  }

  /// The identity of what `name` leads to, links followed; nil when it leads nowhere.
  package func identity(of name: String) -> Identity? {
    var information = stat()
    guard fstatat(descriptor.rawValue, name, &information, 0) == 0 else { return nil }
    return Identity(device: UInt64(information.st_dev), inode: UInt64(information.st_ino))
  }

  /// The names in the directory, sorted by bytes.
  package func names() throws(MeshError) -> [String] {
    let copy = openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { throw Self.fileError("cannot read '\(path)'") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func linkText(_ name: String) throws(MeshError) -> String {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlinkat(descriptor.rawValue, name, &buffer, buffer.count)
    guard count >= 0 else { throw Self.fileError("cannot read the link '\(path.appending(name))'") }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
