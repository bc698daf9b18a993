import Skills

/// What stands where a skill is to go.
struct ExistingEntry: Sendable {
  let slug: SkillSlug
  let mark: OwnershipMark?
  let state: FolderState
  /// Of the files that are there; nil where nothing of ours is.
  let tree: TreeDigest?
  let isNothing: Bool
  /// Whether a newer agent-mesh made what is there.
  private let isNewer: Bool
  private let path: String

  init(at slug: SkillSlug, in root: SkillsRoot, knowing known: Set<String>) throws(MeshError) {
    self.slug = slug
    path = "\(Agent.sharedFolder)/\(slug)"
    guard let kind = try root.directory.kind(of: slug.rawValue) else {
      (mark, state, tree, isNothing, isNewer) = (nil, .unmarked, nil, true, false)
      return
    }
    isNothing = false
    guard kind == .directory else {
      (mark, state, tree, isNewer) = (nil, .unmarked, nil, false)
      return
    }
    let directory = try root.directory.child(slug.rawValue)
    let folder = try SkillFolder(directory, named: slug, knowing: known)
    (mark, state, tree) = (folder.mark, folder.state, folder.tree)
    isNewer = folder.mark == nil ? try OwnershipMark.isNewer(in: directory) : false
  }

  /// What was changed in it since it was installed, by its record and by what locks say of the same archive.
  func edits(against locked: [LockedSkill]) -> [String] {
    if case .edited(let paths) = state { return paths }
    guard let mark, locked.contains(where: { $0.digest == mark.digest && $0.treeDigest != tree }) else { return [] }
    // The files are those of the record, and not those of the archive: whoever changed one changed the other.
    return [OwnershipMark.fileName]
  }

  func conflict(with skill: LockedSkill) -> MeshError {
    if let mark {
      return MeshError(
        .conflict, "'\(path)' holds \(mark.reference), so \(skill.reference) cannot go there",
        hint: "Install it under another name with --as <name>, remove the other one first with agent-mesh skills "
          + "remove \(skill.folder), or replace it with --force.")
    }
    if isNewer { return newerFormat }
    return MeshError(
      .conflict, "'\(path)' exists, and agent-mesh did not create it",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }

  /// Why it cannot be removed without force; nil when it can.
  var refusalToRemove: MeshError? {
    switch state {
    case .intact: nil
    case .edited(let paths): Self.localEdits(slug, paths)
    case .unmarked where isNewer: newerFormat
    case .unmarked:
      MeshError(
        .conflict, "'\(path)' was not created by agent-mesh",
        hint: "Remove it yourself, or with --force; it is then kept as a backup.")
    }
  }

  /// How it is reported when it stays although nothing needs it any more.
  var remainder: ChangePlan.Remainder {
    ChangePlan.Remainder(skill: slug, entry: path, what: "edited here and no longer needed", isOurs: true)
  }

  private var newerFormat: MeshError {
    MeshError(
      .newerFormat, "'\(path)' was installed by a newer agent-mesh",
      hint: "Update agent-mesh, or go on with --force; what is there is then kept as a backup.")
  }

  static func localEdits(_ slug: SkillSlug, _ paths: [String]) -> MeshError {
    let shown = paths.prefix(5).map { Message($0, limit: 120) }.joined(separator: ", ")
    let rest = paths.count > 5 ? " and \(paths.count - 5) more" : ""
    return MeshError(
      .localEdits, "\(slug) was edited here: \(shown)\(rest)",
      hint: "Keep your changes elsewhere, or go on with --force; the edited folder is then kept as a backup.")
  }
}
