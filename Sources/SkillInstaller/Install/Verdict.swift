import Skills

/// What a skill that is wanted means for the folder that stands there.
struct Verdict {
  let action: InstallPlan.Action
  let keepsBackup: Bool
  /// Edits in a skill that stays as it is.
  let edits: [String]

  private init(_ action: InstallPlan.Action, keepsBackup: Bool = false, edits: [String] = []) {
    self.action = action
    self.keepsBackup = keepsBackup
    self.edits = edits
  }

  init(
    _ wish: Decision.Wish, _ obstacle: Obstacle, _ survey: AgentLinks.Survey, _ options: InstallOptions
  ) throws(MeshError) {
    guard let mark = obstacle.mark, mark.reference == wish.skill.reference else {
      self = try Self.onForeign(wish, obstacle, options)
      return
    }
    // The same content under two numbers is two versions.
    let isSame = mark.digest == wish.skill.digest && wish.skill.number.map { mark.version == $0.description } ?? true
    let edits = obstacle.edits(against: [wish.skill] + [wish.former].compactMap(\.self))
    if !edits.isEmpty, !options.force {
      guard isSame, !wish.isRequested else { throw Obstacle.localEdits(obstacle.slug, edits) }
      self = Verdict(.keep, edits: edits)
      return
    }
    if options.force {
      self = Verdict(isSame || mark.version == wish.skill.version ? .replace : .update, keepsBackup: !edits.isEmpty)
      return
    }
    try mark.refuseOtherRegistry(than: wish.skill)
    if isSame {
      guard case .complete = survey, mark.follows(wish.skill) else {
        self = Verdict(.complete)
        return
      }
      self = Verdict(.keep)
      return
    }
    try Self.refuseChanged(mark, wish.skill)
    self = Verdict(.update)
  }

  private static func onForeign(
    _ wish: Decision.Wish, _ obstacle: Obstacle, _ options: InstallOptions
  ) throws(MeshError) -> Verdict {
    if obstacle.isNothing { return Verdict(.install) }
    if let mark = obstacle.mark, obstacle.state == .intact, wish.former?.reference == mark.reference {
      return Verdict(.update)
    }
    guard options.force else { throw obstacle.conflict(with: wish.skill) }
    return Verdict(.replace, keepsBackup: true)
  }

  /// One number of a registry always has the same content.
  private static func refuseChanged(_ mark: OwnershipMark, _ skill: LockedSkill) throws(MeshError) {
    guard skill.number != nil, mark.version == skill.version else { return }
    throw MeshError(
      .integrityError,
      "\(mark.reference)@\(mark.version) is installed, and what is wanted under that version has other content",
      hint: "A version must never change: restore \(Lockfile.fileName) if it was edited by hand; else ask the operator "
        + "of the registry before you replace it with --force.")
  }
}
