import Skills

extension SkillInstaller {
  /// What `skills.json` says; nil when there is none.
  ///
  /// - Parameter replacingForeign: Whether that of another program counts as none.
  package static func manifest(
    in targets: InstallTargets, replacingForeign: Bool = false
  ) throws(MeshError) -> ProjectManifest? {
    let files = StateFiles(folder: targets.stateFolder)
    return try files.manifest(files.read(ProjectManifest.fileName), replacingForeign: replacingForeign)
  }

  /// What `skills.lock` says; nil when there is none.
  package static func lock(in targets: InstallTargets) throws(MeshError) -> Lockfile? {
    try StateFiles(folder: targets.stateFolder).lock()
  }

  /// Every skill in the shared folder, ours or not, by name of its folder.
  package static func installed(in targets: InstallTargets) throws(MeshError) -> [InstalledSkill] {
    try InstalledSkill.all(in: targets)
  }
}
