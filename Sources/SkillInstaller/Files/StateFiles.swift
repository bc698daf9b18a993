import Skills
import SystemPackage

/// One of the two files as it was read; both are nil when there is none.
struct StateFile<Content: Sendable>: Sendable {
  let bytes: [UInt8]?
  let content: Content?
}

/// `skills.json` and `skills.lock` in their folder, each replaced in one step, and what other programs keep beside them.
struct StateFiles: Sendable {
  /// Whatever is written here.
  static let names: Set<String> = [ProjectManifest.fileName, Lockfile.fileName, ForeignManifest.backupName]

  let folder: FilePath

  /// The bytes of a file; nil when there is none.
  ///
  /// - Throws: `fileError` for a link: what it leads to is not ours to replace.
  func read(_ name: String) throws(MeshError) -> [UInt8]? {
    guard let directory = try Directory.openIfPresent(folder) else { return nil }
    switch try directory.kind(of: name) {
    case nil: return nil
    case .file: break
    case .link, .directory, .other:
      throw MeshError(
        .fileError, "'\(directory.path(of: name))' is not a plain file",
        hint: "Put a plain file there: it is replaced as a whole, and what a link leads to would stay as it is.")
    }
    let limit = name == Lockfile.fileName ? Lockfile.maximumBytes : ProjectManifest.maximumBytes
    guard let bytes = try directory.read(name, limit: limit) else {
      throw MeshError(.fileTooLarge, "'\(directory.path(of: name))' has more than \(limit) bytes")
    }
    return bytes
  }

  /// - Parameter replacingForeign: Whether that of another program counts as none, of which only the bytes are given.
  func manifest(replacingForeign: Bool = false) throws(MeshError) -> StateFile<ProjectManifest> {
    let bytes = try read(ProjectManifest.fileName)
    guard let bytes, !replacingForeign || !ForeignManifest.isIn(bytes) else {
      return StateFile(bytes: bytes, content: nil)
    }
    let path = folder.appending(ProjectManifest.fileName).string
    return StateFile(bytes: bytes, content: try ProjectManifest(reading: bytes, file: path))
  }

  func lock() throws(MeshError) -> StateFile<Lockfile> {
    guard let bytes = try read(Lockfile.fileName) else { return StateFile(bytes: nil, content: nil) }
    let path = folder.appending(Lockfile.fileName).string
    return StateFile(bytes: bytes, content: try Lockfile(reading: bytes, file: path))
  }
}
