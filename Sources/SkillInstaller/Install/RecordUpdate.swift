import Skills

/// Makes the record in the folder of a skill say what the lock says.
struct RecordUpdate {
  let root: SkillsRoot
  let targets: InstallTargets

  /// Does nothing where that would be no true record: nothing of ours is there, or other files of another archive.
  ///
  /// - Parameter skill: As it is locked.
  func perform(_ skill: LockedSkill) throws(MeshError) {
    guard !targets.isInPlace(skill), try root.directory.kind(of: skill.folder.rawValue) == .directory else { return }
    let folder = try root.directory.child(skill.folder.rawValue)
    guard let mark = try OwnershipMark.read(in: folder, of: skill.folder, knowing: targets.knownFolders) else { return }
    let contents = try InstalledContents(folder)
    let new: OwnershipMark
    if contents.are(skill.treeDigest) {
      new = OwnershipMark(of: skill, links: mark.links, manifest: contents.manifest, previous: mark.previous)
    } else if mark.digest == skill.digest {
      new = mark.following(skill)
    } else {
      return
    }
    guard new != mark else { return }
    let staging = try root.stage(for: skill.folder)
    let entry = staging.entry(.mark)
    try staging.work.write(new.encoded, to: entry.name)
    try staging.work.move(entry.name, to: folder, OwnershipMark.fileName)
  }
}
