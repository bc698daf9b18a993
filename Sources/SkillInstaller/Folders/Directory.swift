import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An open directory.
///
/// Everything below it is reached through its descriptor, so that nobody can swap it underneath us.
package final class Directory: Sendable {
  package let descriptor: FileDescriptor
  /// Where it was when it was opened: for messages, files are not reached through it.
  let place: String

  private init(adopting descriptor: FileDescriptor, place: String) {
    self.descriptor = descriptor
    self.place = place
  }

  deinit {
    try? descriptor.close()
  }

  package var path: FilePath { FilePath(place) }

  /// Where an entry is, for messages.
  func place(of name: String) -> String { "\(place)/\(name)" }

  /// Opens a directory that must exist; links in the path are followed.
  package static func open(_ path: FilePath) throws(MeshError) -> Directory {
    try adopt(openDirectory(path), path.string)
  }

  /// As `open(_:)`, but nil when there is nothing of that name, or no directory.
  static func openIfPresent(_ path: FilePath) throws(MeshError) -> Directory? {
    let opened = openDirectory(path)
    if opened < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    return try adopt(opened, path.string)
  }

  /// Opens a directory, creating it and its parents where they are missing.
  ///
  /// - Parameter made: Gets what was created, the outermost first.
  static func openOrCreate(_ path: FilePath, made: inout [Entry]) throws(MeshError) -> Directory {
    // Another process may make it or take it away between two of these steps.
    for _ in 0..<8 {
      let opened = openDirectory(path)
      if opened >= 0 || errno != ENOENT { return try adopt(opened, path.string) }
      let parent = path.removingLastComponent()
      guard let name = path.lastComponent?.string, parent != path else { break }
      let above = try openOrCreate(parent.isEmpty ? "." : parent, made: &made)
      if mkdirat(above.descriptor.rawValue, name, 0o755) == 0 {
        made.append(Entry(directory: above, name: name))
      } else if errno != EEXIST && errno != ENOENT {
        throw fileError("cannot create '\(path)'")
      }
    }
    throw MeshError(.fileError, "'\(path)' leads nowhere", hint: "Look whether it is a broken link.")
  }

  /// Opens a child directory without following a link.
  package func child(_ name: String) throws(MeshError) -> Directory {
    try Self.adopt(
      openat(descriptor.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), place(of: name))
  }

  /// As `child(_:)`, for a name that need not be UTF-8; with a NUL at its end.
  func child(raw name: [CChar]) throws(MeshError) -> Directory {
    let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return try Self.adopt(
      openat(descriptor.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), place(of: text))
  }

  /// Opens a child directory, creating it when it is missing.
  package func childOrCreated(_ name: String, mode: mode_t = 0o755) throws(MeshError) -> Directory {
    guard mkdirat(descriptor.rawValue, name, mode) == 0 || errno == EEXIST else {
      throw Self.fileError("cannot create '\(place(of: name))'")
    }
    return try child(name)
  }

  /// Creates a child directory that must not exist yet, with exactly this mode whatever the umask.
  func newChild(_ name: String, mode: mode_t = 0o755) throws(MeshError) -> Directory {
    guard mkdirat(descriptor.rawValue, name, mode) == 0 else {
      throw Self.fileError("cannot create '\(place(of: name))'")
    }
    let made = try child(name)
    guard try made.permissions(of: ".") == mode || fchmod(made.descriptor.rawValue, mode) == 0 else {
      throw Self.fileError("cannot open up '\(made.place)'")
    }
    return made
  }

  /// The directory above, wherever links on the way here have led.
  package func parent() throws(MeshError) -> Directory {
    let above = try Self.adopt(
      openat(descriptor.rawValue, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC), place(of: ".."))
    // The plainer path, where it is the same folder.
    let plain = try Self.openIfPresent(path.removingLastComponent())
    if let plain, try plain.identity() == above.identity() { return plain }
    return above
  }

  private static func adopt(_ raw: Int32, _ place: String) throws(MeshError) -> Directory {
    guard raw >= 0 else { throw fileError("cannot open the folder '\(place)'") }
    return Directory(adopting: FileDescriptor(rawValue: raw), place: place)
  }

  /// A `fileError` from `errno`.
  static func fileError(_ what: Message) -> MeshError {
    let number = Errno(rawValue: errno)
    let isFull = number == .noSpace || number == .diskQuotaExceeded
    let hint: Message? =
      switch number {
      case .noSpace, .diskQuotaExceeded: "Free some space and try again; nothing was changed."
      case .permissionDenied, .notPermitted, .readOnlyFileSystem:
        "Check who owns the folders and whether you may write there; your own you open with chmod u+w."
      default: nil
      }
    return MeshError(isFull ? .storageFull : .fileError, "\(what): \(number)", hint: hint)
  }
}

private func openDirectory(_ path: FilePath) -> Int32 {
  open(path.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
}
