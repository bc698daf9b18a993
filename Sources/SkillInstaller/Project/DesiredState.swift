import Skills

/// Where a change leads: what is to be installed, and what the two files are to say.
struct DesiredState: Sendable {
  var manifest: ProjectManifest
  var lock: Lockfile
  /// Whether the two files are written.
  var isWritten: Bool
  /// Whether the folders stay as they are, and only the two files change.
  var keepsFolders = false
  /// Folders of skills that somebody named.
  var requested: Set<SkillSlug> = []
  /// Whether every skill gets the links of the chosen agents, or only those that are new or named.
  var linksAll = false
  /// What skills were called when they were installed, by folder, where that is not what they are called now.
  var formerNames: [SkillSlug: SkillName] = [:]
  /// What the resolution has to tell.
  var notices = ResolutionNotices()
}

extension DesiredState {
  init(_ manifest: ProjectManifest, _ resolved: ResolvedProject, isWritten: Bool) {
    self.init(manifest: manifest, lock: resolved.lock, isWritten: isWritten, notices: resolved.notices)
  }
}
