import Skills

/// What is to be done about the folder that stands where a wanted skill goes.
struct ActionChoice {
  let action: PlannedStep.Action
  var keepsBackup = false
  /// Edits in a skill that stays as it is.
  var edits: [String] = []
}

extension ActionChoice {
  init(
    _ request: Decision.Request, _ existing: ExistingEntry, _ survey: AgentLinks.Survey, _ options: InstallOptions
  ) throws(MeshError) {
    guard let mark = existing.mark, request.isRecorded(by: mark) else {
      self = try Self.onForeign(request, existing, options)
      return
    }
    // The same content under two numbers is two versions.
    let isSame =
      mark.digest == request.skill.digest && request.skill.number.map { mark.version == $0.description } ?? true
    let edits = existing.edits(against: [request.skill] + [request.former].compactMap(\.self))
    if !edits.isEmpty, !options.force {
      guard isSame, !request.isRequested else { throw ExistingEntry.localEdits(existing.slug, edits) }
      // Its new name is recorded all the same.
      self = ActionChoice(action: mark.reference == request.skill.reference ? .keep : .complete, edits: edits)
      return
    }
    if options.force {
      self = ActionChoice(
        action: isSame || mark.version == request.skill.version ? .replace : .update, keepsBackup: !edits.isEmpty)
      return
    }
    try mark.refuseOtherRegistry(than: request.skill)
    if isSame {
      guard case .complete = survey, mark.follows(request.skill) else {
        self = ActionChoice(action: .complete)
        return
      }
      self = ActionChoice(action: .keep)
      return
    }
    try Self.refuseChanged(mark, request.skill)
    self = ActionChoice(action: .update)
  }

  private static func onForeign(
    _ request: Decision.Request, _ existing: ExistingEntry, _ options: InstallOptions
  ) throws(MeshError) -> ActionChoice {
    if existing.isNothing { return ActionChoice(action: .install) }
    if let mark = existing.mark, existing.state == .intact, request.former?.reference == mark.reference {
      return ActionChoice(action: .update)
    }
    guard options.force else { throw existing.conflict(with: request.skill) }
    return ActionChoice(action: .replace, keepsBackup: true)
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
