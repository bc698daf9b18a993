import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension CacheFolder {
  /// What the names of files begin with that are still being written.
  static let unfinished = ".unfinished-"

  /// Writes a file that only its owner may read, in place of whatever has that name: readers see all of it or nothing.
  func write(_ bytes: [UInt8], to name: String) throws(CacheFault) {
    try replace(name) { (temporary) throws(CacheFault) in
      let file = try create(temporary)
      try file.write(bytes)
    }
  }

  /// Takes in a file from elsewhere: as a second name of it where only its owner may read it, else as a copy.
  func adopt(_ source: borrowing CacheFile, at path: String, as name: String) throws(CacheFault) {
    try replace(name) { (temporary) throws(CacheFault) in
      if source.isForOwnerAlone, link(path, to: temporary, mustBe: source.identity) { return }
      let file = try create(temporary)
      try source.forEachPiece { (piece) throws(CacheFault) in try file.write(piece) }
    }
  }

  /// Adds zero bytes to a file, and makes it when it is missing.
  ///
  /// - Returns: Its size before.
  func extend(_ name: String, by count: Int) throws(CacheFault) -> Int {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = try CacheFile.adopt(openat(descriptor, name, flags, 0o600), place(of: name))
    try file.write([UInt8](repeating: 0, count: count))
    return file.size
  }

  /// Removes a file or a link; that it is gone already is no failure.
  func remove(_ name: String) throws(CacheFault) {
    guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw CacheFault.last(place(of: name)) }
  }

  /// Removes a folder when nothing is in it.
  func removeIfEmpty(_ name: String) {
    _ = unlinkat(descriptor, name, AT_REMOVEDIR)
  }

  /// Lets `make` build a file under a name of its own, and puts it in its place.
  private func replace(_ name: String, _ make: (String) throws(CacheFault) -> Void) throws(CacheFault) {
    let temporary = Self.unfinished + Digest(of: Randomness.bytes(16)).hexadecimal.prefix(32)
    do throws(CacheFault) {
      try make(temporary)
      guard renameat(descriptor, temporary, descriptor, name) == 0 else { throw CacheFault.last(place(of: name)) }
    } catch {
      _ = unlinkat(descriptor, temporary, 0)
      throw error
    }
  }

  private func create(_ name: String) throws(CacheFault) -> CacheFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return try CacheFile.adopt(openat(descriptor, name, flags, 0o600), place(of: name))
  }

  /// Whether `name` is now a second name of the very file that was looked at.
  private func link(_ path: String, to name: String, mustBe identity: CacheFile.Identity) -> Bool {
    guard linkat(AT_FDCWD, path, descriptor, name, 0) == 0 else { return false }
    var status = stat()
    if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, CacheFile.Identity(status) == identity {
      return true
    }
    _ = unlinkat(descriptor, name, 0)
    return false
  }
}
