import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// An open directory of the cache, which nobody but its owner may write to.
typealias CacheDirectory = Directory<FileError>

extension CacheDirectory {
  /// What the names of files begin with that are still being written.
  static var unfinished: String { ".unfinished-" }

  /// Opens the directory that a person named; links on the way to it are followed.
  ///
  /// - Parameter creating: Whether to make what is missing, for its owner alone (XDG Base Directory Specification).
  static func openCache(_ path: String, creating: Bool = false) throws(FileError) -> CacheDirectory {
    let directory = creating ? try openOrCreate(FilePath(path), mode: 0o700) : try open(FilePath(path))
    try directory.refuseOtherWriters()
    return directory
  }

  /// The directory below, several names deep.
  func descendant(_ names: [String], creating: Bool = false) throws(FileError) -> CacheDirectory {
    var directory = self
    for name in names {
      directory = creating ? try directory.childOrCreated(name, mode: 0o700) : try directory.child(name)
      try directory.refuseOtherWriters()
    }
    return directory
  }

  /// Puts a file that only its owner may read in the place of whatever has that name.
  func replaceCached(_ name: String, with bytes: [UInt8]) throws(FileError) {
    try replace(name, with: bytes, .atomic, temporary: Self.temporaryName(Self.unfinished))
  }

  /// Takes in a file from elsewhere: as a second name of it where only its owner may read it, else as a copy.
  func adopt(_ source: borrowing OpenFile<FileError>, as name: String) throws(FileError) {
    let status = try source.status()
    let isPrivate = status.isOurs && status.mode == 0o600
    try replace(name, temporary: Self.temporaryName(Self.unfinished)) { temporary throws(FileError) in
      if isPrivate, try makeName(temporary, of: source) { return }
      let file = try create(temporary)
      try source.forEachPiece { piece throws(FileError) in try file.write(piece) }
    }
  }

  /// Adds zero bytes to a file, and makes it when it is missing.
  ///
  /// - Returns: Its size before.
  func extend(_ name: String, by count: Int) throws(FileError) -> Int {
    let file = try openOrCreateFile(name, appends: true)
    let size = try file.status().size
    try file.write([UInt8](repeating: 0, count: count))
    return size
  }
}

extension OpenFile<FileError> {
  /// The SHA-256 of the content; nil when the task was cancelled meanwhile.
  func digest() throws(FileError) -> Digest? {
    var hasher = Digest.Hasher()
    var isCancelled = false
    try forEachPiece { piece throws(FileError) in
      isCancelled = isCancelled || Task.isCancelled
      if !isCancelled { hasher.update(piece) }
    }
    return isCancelled ? nil : hasher.finalize()
  }
}

extension FileTime {
  var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }
}

extension MeshError {
  /// What is wrong with the cache.
  init(cache error: FileError) {
    if error.isAbsent {
      self.init(.fileError, "the cache changed while it was being looked at", hint: "Try again.")
    } else if error.isNoRegularFile {
      self.init(.fileError, "there is something in the cache that does not belong there")
    } else if error.operation == .trust {
      self.init(
        .fileError, "the cache '\(error.path)' is not used: others may write to it",
        hint: "It must be yours, with mode 0700. Move it away, or name another one in AGENT_MESH_CACHE.")
    } else {
      self.init(
        .fileError, "cannot use the cache '\(error.path)': \(error.errno)",
        hint: "Check who owns the folder, or name another one in AGENT_MESH_CACHE.")
    }
  }
}
