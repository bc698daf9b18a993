import Foundation
import SystemPackage

extension CacheFolder {
  enum Kind { case file, folder, other }

  /// What stands under a name, which is not followed.
  struct Status {
    var kind: Kind
    var size: Int
    var modified: Date
  }

  /// A regular file, for reading.
  ///
  /// - Throws: `.foreign` for a link, a pipe or anything else; none is waited for.
  func file(_ name: String) throws(CacheFault) -> CacheFile {
    let raw = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    if raw < 0, [ELOOP, EMLINK, ENXIO].contains(errno) { throw .foreign }
    return try CacheFile.adopt(raw, place(of: name))
  }

  /// Nil when there is nothing of that name any more.
  func status(of name: String) throws(CacheFault) -> Status? {
    var raw = stat()
    guard fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw CacheFault.last(place(of: name))
    }
    let kind: Kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    return Status(kind: kind, size: Int(raw.st_size), modified: raw.modified)
  }

  /// The names of everything inside, in no order; those that are not UTF-8 with a replacement character.
  ///
  /// - Parameter limit: The most names to read.
  func names(limit: Int = .max) throws(CacheFault) -> [String] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { throw CacheFault.last(path) }
    guard let stream = fdopendir(copy) else {
      let fault = CacheFault.last(path)
      closeDescriptor(copy)
      throw fault
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    // Nothing is both the end and a failure; only errno tells.
    guard errno == 0 else { throw CacheFault.last(path) }
    return names
  }
}

extension stat {
  var modified: Date {
    #if canImport(Darwin)
      let time = st_mtimespec
    #else
      let time = st_mtim
    #endif
    return Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
  }
}
