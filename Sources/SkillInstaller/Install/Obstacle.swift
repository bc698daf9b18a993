import Skills

/// What stands where a skill is to go.
struct Obstacle: Sendable {
  let slug: SkillSlug
  let mark: OwnershipMark?
  let state: FolderState
  let isNothing: Bool
  private let place: String

  init(at slug: SkillSlug, in root: SkillsRoot?, knowing known: Set<String>) throws(MeshError) {
    self.slug = slug
    place = "\(Agent.sharedFolder)/\(slug)"
    guard let root, let kind = try root.directory.kind(of: slug.rawValue) else {
      (mark, state, isNothing) = (nil, .unmarked, true)
      return
    }
    isNothing = false
    guard kind == .directory else {
      (mark, state) = (nil, .unmarked)
      return
    }
    let folder = try SkillFolder(root.directory.child(slug.rawValue), named: slug, knowing: known)
    (mark, state) = (folder.mark, folder.state)
  }

  func conflict(with skill: LockedSkill) -> MeshError {
    if let mark {
      return MeshError(
        .conflict, "'\(place)' holds \(mark.reference), so \(skill.reference) cannot go there",
        hint: "Install it under another name with --as <name>, remove the other one first with agent-mesh skills "
          + "remove \(skill.folder), or replace it with --force.")
    }
    return MeshError(
      .conflict, "'\(place)' exists, and agent-mesh did not create it",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }

  /// Why it cannot be removed without force; nil when it can.
  var refusalToRemove: MeshError? {
    switch state {
    case .intact: nil
    case .edited(let paths): Self.localEdits(slug, paths)
    case .unmarked:
      MeshError(
        .conflict, "'\(place)' was not created by agent-mesh",
        hint: "Remove it yourself, or with --force; it is then kept as a backup.")
    }
  }

  static func localEdits(_ slug: SkillSlug, _ paths: [String]) -> MeshError {
    let shown = paths.prefix(5).map { TerminalText.escaped($0, limit: 120) }.joined(separator: ", ")
    let rest = paths.count > 5 ? " and \(paths.count - 5) more" : ""
    return MeshError(
      .localEdits, "\(slug) was edited here: \(shown)\(rest)",
      hint: "Keep your changes elsewhere, or go on with --force; the edited folder is then kept as a backup.")
  }
}
