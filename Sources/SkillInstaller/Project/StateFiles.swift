import Skills
import SystemPackage

/// `skills.json` and `skills.lock` in their folder, each replaced in one step.
struct StateFiles: Sendable {
  static let names: Set<String> = [ProjectManifest.fileName, Lockfile.fileName]

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

  func manifest() throws(MeshError) -> ProjectManifest? { try manifest(read(ProjectManifest.fileName)) }

  func manifest(_ bytes: [UInt8]?) throws(MeshError) -> ProjectManifest? {
    guard let bytes else { return nil }
    return try ProjectManifest(reading: bytes, file: folder.appending(ProjectManifest.fileName).string)
  }

  func lock() throws(MeshError) -> Lockfile? { try lock(read(Lockfile.fileName)) }

  func lock(_ bytes: [UInt8]?) throws(MeshError) -> Lockfile? {
    guard let bytes else { return nil }
    return try Lockfile(reading: bytes, file: folder.appending(Lockfile.fileName).string)
  }

  /// Makes the contents of the two files those of a transaction, as far as they are not.
  func redo(_ files: [Transaction.File]) throws(MeshError) {
    for file in files where Self.names.contains(file.name) {
      let new = file.text.map { Array($0.utf8) }
      let current = try read(file.name)
      // What somebody has written since is theirs, and is what the next command goes by.
      guard current != new, current.map({ Digest(of: $0) }) == file.old else { continue }
      let replacement = FileReplacement(name: file.name, old: current, new: new)
      var journal = Journal()
      let directory = try open(&journal)
      try replacement.prepare(in: directory)
      try replacement.swap(in: directory, &journal)
      journal.finish()
    }
  }

  /// Removes what an interrupted run left beside the files.
  func clear() throws(MeshError) {
    guard let directory = try Directory.openIfPresent(folder) else { return }
    for name in Self.names { try FileReplacement.clear(name, in: directory) }
  }

  /// The folder, created where it is missing.
  func open(_ journal: inout Journal) throws(MeshError) -> Directory {
    var made: [Entry] = []
    let directory = try Directory.openOrCreate(folder, made: &made)
    for entry in made {
      journal.note { entry.directory.removeIfEmpty(entry.name) }
    }
    return directory
  }
}

/// A file and what it is to become.
struct FileReplacement: Sendable {
  let name: String
  /// What was read of it; nil when it was not there.
  let old: [UInt8]?
  /// Nil when it is to go.
  let new: [UInt8]?

  var isChange: Bool { old != new }

  private var temporary: String { Self.temporary(name) }

  private static func temporary(_ name: String) -> String { ".\(name).agent-mesh" }

  /// Writes the new content beside the file, so that a full disk is met before anything changes.
  func prepare(in directory: Directory) throws(MeshError) {
    try directory.removeFile(temporary)
    guard let new else { return }
    let mode = try directory.statusIfPresent(of: name)?.mode ?? 0o644
    guard mode & 0o200 != 0 else {
      throw MeshError(
        .fileError, "'\(directory.path(of: name))' is read-only",
        hint: "Make it writable: chmod u+w. Commands with --no-save or --frozen leave it as it is.")
    }
    try directory.write(new, to: temporary, mode: mode, durably: true)
  }

  /// Puts the new content in place.
  ///
  /// - Throws: `conflict` when the file is no longer what was read.
  func swap(in directory: Directory, _ journal: inout Journal) throws(MeshError) {
    let (name, temporary) = (name, temporary)
    guard old != nil else {
      guard try directory.moveNew(temporary, to: directory, name) else { throw changed(directory) }
      journal.note { () throws(MeshError) in try directory.removeFile(name) }
      return
    }
    guard new != nil else {
      try directory.move(name, to: directory, temporary)
      journal.note { () throws(MeshError) in try directory.move(temporary, to: directory, name) }
      try verify(directory, &journal)
      return
    }
    switch try directory.exchange(temporary, with: directory, name) {
    case .done:
      journal.note { () throws(MeshError) in
        _ = try directory.exchange(temporary, with: directory, name)
        try directory.removeFile(temporary)
      }
      try verify(directory, &journal)
    case .missing: throw changed(directory)
    case .unsupported: try replace(in: directory, &journal)
    }
  }

  /// On file systems without exchanges.
  private func replace(in directory: Directory, _ journal: inout Journal) throws(MeshError) {
    guard let old, try directory.read(name, limit: old.count) == old else { throw changed(directory) }
    let (name, temporary) = (name, temporary)
    try directory.move(temporary, to: directory, name)
    journal.note { () throws(MeshError) in
      try directory.removeFile(temporary)
      try directory.write(old, to: temporary)
      try directory.move(temporary, to: directory, name)
    }
  }

  /// What was taken out must be what was read: somebody may have saved the file in the meantime.
  private func verify(_ directory: Directory, _ journal: inout Journal) throws(MeshError) {
    guard let old, try directory.read(temporary, limit: old.count) == old else { throw changed(directory) }
    let temporary = temporary
    journal.later { try? directory.removeFile(temporary) }
  }

  private func changed(_ directory: Directory) -> MeshError {
    MeshError(
      .conflict, "'\(directory.path(of: name))' was changed by somebody else in the meantime",
      hint: "Nothing was changed. Try again.")
  }

  /// Removes what an interrupted run left beside a file.
  static func clear(_ name: String, in directory: Directory) throws(MeshError) {
    try directory.removeFile(temporary(name))
  }
}
