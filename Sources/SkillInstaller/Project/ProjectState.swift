import Skills

/// What a project says that it wants, what was resolved, and what is there.
struct ProjectState: Sendable {
  let manifestBytes: [UInt8]?
  let lockBytes: [UInt8]?
  /// Nil when there is no `skills.json`.
  let manifest: ProjectManifest?
  /// Nil when there is no `skills.lock`.
  let lock: Lockfile?
  /// Whether the `skills.json` that is there is that of another program, and gives way to ours.
  let replacesForeign: Bool
  private let examination: Examination

  /// - Parameter replacingForeign: Whether a `skills.json` of another program may give way to ours.
  /// - Throws: `conflict` for one that may not.
  init(_ targets: InstallTargets, replacingForeign: Bool = false) throws(MeshError) {
    try self.init(Examination(of: targets, replacingForeign: replacingForeign))
  }

  /// - Throws: for a `skills.json` or `skills.lock` that cannot be read.
  init(_ examination: Examination) throws(MeshError) {
    let (manifest, lock) = (try examination.manifest.get(), try examination.lock.get())
    (manifestBytes, lockBytes) = (manifest.bytes, lock.bytes)
    (self.manifest, self.lock) = (manifest.content, lock.content)
    replacesForeign = manifest.content == nil && manifest.bytes != nil
    self.examination = examination
  }

  /// Read when somebody asks, and once.
  var installed: [InstalledSkill] { examination.installed }

  /// Whether the two files are kept here.
  var isManaged: Bool { manifest != nil }

  /// The manifest to which something is added; an empty one for a project that has none yet.
  ///
  /// - Throws: `lockMismatch` where the manifest of a lock is gone: all that it lists would be taken for unwanted.
  func manifestToExtend() throws(MeshError) -> ProjectManifest {
    if let manifest { return manifest }
    guard let lock, !lock.skills.isEmpty else { return ProjectManifest() }
    throw MeshError(
      .lockMismatch, "\(Lockfile.fileName) is there, and \(ProjectManifest.fileName) is not",
      hint:
        "Restore \(ProjectManifest.fileName) from the last commit. To begin anew, delete \(Lockfile.fileName): what "
        + "is installed stays until it is removed.")
  }

  /// What is installed by the records in the folders.
  var recorded: Lockfile { Lockfile(installed.compactMap { $0.mark?.locked }) }

  /// What was resolved last: the lock, else the records.
  var former: Lockfile { lock ?? recorded }

  /// What was resolved, and what is installed beside that.
  var known: Lockfile { Lockfile(recorded.skills + (lock?.skills ?? [])) }
}

extension InstallTargets {
  /// - Throws: `noSkillsDirectory` where nothing is installed and nothing is wanted.
  func refuseEmptyFolder(hint: Message) throws(MeshError) {
    guard try Directory.openIfPresent(sharedFolder) == nil, try !ProjectState(self).isManaged else { return }
    throw MeshError(.noSkillsDirectory, "there is no '\(Agent.sharedFolder)' in '\(base)'", hint: hint)
  }
}
