import FileSystem
import Skills

/// What other programs list in a project; their files are read, and never changed.
package struct ForeignProject: Sendable {
  package private(set) var skills: [ForeignSkill] = []
  /// Folders of agents in which another program makes links.
  package private(set) var linkTargets: [String] = []

  /// Whether the lock of `npx skills` is here, which keeps no list of what is wanted beside it.
  package static func hasLock(_ targets: InstallTargets) -> Bool { has(NpxSkillsLock.fileName, in: targets) }

  package static let hint: Message =
    "The \(NpxSkillsLock.fileName) here is that of 'npx skills', and was left as it is. To take over what it "
    + "lists: agent-mesh skills import"

  /// Whether the lock of another program is here.
  package static func isIn(_ targets: InstallTargets) -> Bool {
    hasLock(targets) || has(ForeignManifestLock.fileName, in: targets)
  }

  private static func has(_ name: String, in targets: InstallTargets) -> Bool {
    targets.scope == .project && FileStatus(at: targets.base.appending(name)) != nil
  }

  /// Reads what is listed, with what is locked of it.
  ///
  /// - Parameter replacingForeign: Whether a `skills.json` of another program may give way to ours.
  /// - Returns: Nil where nothing is listed by another program.
  /// - Throws: `conflict` for a `skills.json` that may not give way, or where an earlier one is still kept;
  ///   `validationError`, with the file and the line, for what is not written as its program does; `fileTooLarge`.
  package static func read(in targets: InstallTargets, replacingForeign: Bool) throws(MeshError) -> ForeignProject? {
    guard targets.scope == .project else { return nil }
    let files = StateFiles(folder: targets.stateFolder)
    let lock = try files.read(NpxSkillsLock.fileName)
    var project = ForeignProject()
    let listed = try files.manifest(replacingForeign: replacingForeign)
    if let bytes = listed.bytes, listed.content == nil {
      let manifest = try Self.manifest(bytes, in: files)
      (project.skills, project.linkTargets) = (manifest.skills, manifest.linkTargets)
    } else if lock == nil {
      return nil
    }
    guard let lock else { return project }
    let names = Set(project.skills.map(\.name))
    let path = files.folder.appending(NpxSkillsLock.fileName).string
    project.skills += try NpxSkillsLock.skills(in: lock, file: path).filter { !names.contains($0.name) }
    return project
  }

  private static func manifest(_ bytes: [UInt8], in files: StateFiles) throws(MeshError) -> ForeignManifest {
    guard try files.read(ForeignManifest.backupName) == nil else {
      throw MeshError(
        .conflict, "'\(files.folder.appending(ForeignManifest.backupName))' is there already",
        hint: "Move it away, and try again.")
    }
    let lock = try files.read(ForeignManifestLock.fileName)
    return try ForeignManifest(
      reading: bytes, file: files.folder.appending(ProjectManifest.fileName).string,
      lock: lock.map { bytes throws(MeshError) in
        try ForeignManifestLock(reading: bytes, file: files.folder.appending(ForeignManifestLock.fileName).string)
      })
  }
}
