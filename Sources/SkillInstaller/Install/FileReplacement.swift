import Skills

/// One of the files of a project and what it is to become.
struct FileReplacement: Sendable {
  /// How the new content was put in place.
  enum Swap {
    case created
    case removed
    case exchanged
    /// On file systems without exchanges.
    case overwritten
  }

  let name: String
  /// What was read of it; nil when it was not there.
  let old: [UInt8]?
  /// Nil when it is to go.
  let new: [UInt8]?

  var isChange: Bool { old != new }
}

extension FileReplacement {
  /// What an interrupted run was about to write; nil when it has done so, or when somebody has written the file since:
  /// that is theirs, and is what the next command goes by.
  init?(completing file: Transaction.File, in files: StateFiles) throws(MeshError) {
    let new = file.text.map { Array($0.utf8) }
    let current = try files.read(file.name)
    guard current != new, current.map({ Digest(of: $0) }) == file.old else { return nil }
    self.init(name: file.name, old: current, new: new)
  }

  var record: Transaction.File {
    Transaction.File(name: name, text: new.map { String(decoding: $0, as: UTF8.self) }, old: old.map { Digest(of: $0) })
  }

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
  /// - Parameter log: Gets what was done, also when it turns out that the file is no longer what was read.
  /// - Throws: `conflict` then.
  func swap(in directory: Directory, _ log: inout UndoLog) throws(MeshError) {
    let swap = try swap(in: directory)
    log.note(.written(self, directory, swap))
    // What was taken out must be what was read: somebody may have saved the file in the meantime.
    guard swap == .exchanged || swap == .removed, let old else { return }
    guard try directory.read(temporary, limit: old.count) == old else { throw changed(directory) }
  }

  private func swap(in directory: Directory) throws(MeshError) -> Swap {
    guard let old else {
      guard try directory.moveNew(temporary, to: directory, name) else { throw changed(directory) }
      return .created
    }
    guard new != nil else {
      try directory.move(name, to: directory, temporary)
      return .removed
    }
    switch try directory.exchange(temporary, with: directory, name) {
    case .done: return .exchanged
    case .missing: throw changed(directory)
    case .unsupported:
      guard try directory.read(name, limit: old.count) == old else { throw changed(directory) }
      try directory.move(temporary, to: directory, name)
      return .overwritten
    }
  }

  func undo(_ swap: Swap, in directory: Directory) throws(MeshError) {
    switch swap {
    case .created: try directory.removeFile(name)
    case .removed: try directory.move(temporary, to: directory, name)
    case .exchanged:
      _ = try directory.exchange(temporary, with: directory, name)
      try directory.removeFile(temporary)
    case .overwritten:
      try directory.removeFile(temporary)
      try directory.write(old ?? [], to: temporary)
      try directory.move(temporary, to: directory, name)
    }
  }

  private func changed(_ directory: Directory) -> MeshError {
    MeshError(
      .conflict, "'\(directory.path(of: name))' was changed by somebody else in the meantime",
      hint: "Nothing was changed. Try again.")
  }

  /// Removes what is left beside a file.
  static func clear(_ name: String, in directory: Directory) throws(MeshError) {
    try directory.removeFile(temporary(name))
  }
}

extension ProjectState {
  /// What is to be written for these two, and for what gives way to them; nothing for what stays as it is.
  func files(_ manifest: ProjectManifest, _ lock: Lockfile) -> [FileReplacement] {
    var files: [FileReplacement] = []
    if replacesForeign {
      files.append(FileReplacement(name: ForeignManifest.backupName, old: nil, new: manifestBytes))
    }
    if manifest != self.manifest {
      files.append(FileReplacement(name: ProjectManifest.fileName, old: manifestBytes, new: manifest.encoded))
    }
    if lock != self.lock {
      files.append(FileReplacement(name: Lockfile.fileName, old: lockBytes, new: lock.encoded))
    }
    return files
  }
}
