import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open folder of the cache, which nobody but its owner may write to.
///
/// Everything below is reached by one name at a time, and never through a link.
struct CacheFolder: ~Copyable {
  let descriptor: Int32
  /// For messages.
  let path: String

  private init(adopting descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { closeDescriptor(descriptor) }

  /// Opens the folder that a person named; links on the way to it are followed.
  static func open(_ path: String) throws(CacheFault) -> CacheFolder {
    try adopt(openPath(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path)
  }

  /// As `open(_:)`, but makes what is missing, for its owner alone (XDG Base Directory Specification).
  static func openOrCreate(_ path: String) throws(CacheFault) -> CacheFolder {
    do throws(CacheFault) {
      return try open(path)
    } catch {
      guard case .absent = error else { throw error }
    }
    var grown = FilePath(path)
    let missing = Array(grown.components)
    grown.components.removeAll()
    for component in missing {
      grown.append(component)
      guard mkdir(grown.string, 0o700) == 0 || isDirectory(grown.string) else { throw CacheFault.last(path) }
    }
    return try open(path)
  }

  func child(_ name: String) throws(CacheFault) -> CacheFolder {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    return try Self.adopt(openat(descriptor, name, flags), place(of: name))
  }

  func childOrCreated(_ name: String) throws(CacheFault) -> CacheFolder {
    guard mkdirat(descriptor, name, 0o700) == 0 || errno == EEXIST else { throw CacheFault.last(place(of: name)) }
    return try child(name)
  }

  /// The folder below, several names deep.
  func descendant(_ names: [String]) throws(CacheFault) -> CacheFolder {
    var folder = try child(".")
    for name in names { folder = try folder.child(name) }
    return folder
  }

  /// As `descendant(_:)`, but makes what is missing.
  func descendantOrCreated(_ names: [String]) throws(CacheFault) -> CacheFolder {
    var folder = try child(".")
    for name in names { folder = try folder.childOrCreated(name) }
    return folder
  }

  func place(of name: String) -> String { "\(path)/\(name)" }

  private static func adopt(_ raw: Int32, _ path: String) throws(CacheFault) -> CacheFolder {
    guard raw >= 0 else { throw CacheFault.last(path) }
    let folder = CacheFolder(adopting: raw, path: path)
    var status = stat()
    guard fstat(raw, &status) == 0 else { throw CacheFault.last(path) }
    guard status.st_uid == geteuid(), status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw .untrusted(path: path)
    }
    return folder
  }
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  let reason = errno
  defer { errno = reason }
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
