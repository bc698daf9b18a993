import Skills

extension SkillInstaller {
  /// What `skills.json` says; nil when there is none.
  ///
  /// - Parameter replacingForeign: Whether that of another program counts as none.
  package static func manifest(
    in targets: InstallTargets, replacingForeign: Bool = false
  ) throws(MeshError) -> ProjectManifest? {
    try StateFiles(folder: targets.stateFolder).manifest(replacingForeign: replacingForeign).content
  }

  /// What `skills.lock` says; nil when there is none.
  package static func lock(in targets: InstallTargets) throws(MeshError) -> Lockfile? {
    try StateFiles(folder: targets.stateFolder).lock().content
  }
}
