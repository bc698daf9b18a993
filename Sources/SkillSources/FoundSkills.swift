import Skills

/// Everything that a source holds, found and read: the skills, and what would be one but is refused.
struct FoundSkills: Sendable {
  private(set) var skills: [FoundSkill] = []
  private(set) var refused: [SourceListing.Refused] = []

  /// Adds what `make` returns, or the reason why it does not.
  mutating func add(at location: String, _ make: () throws(MeshError) -> FoundSkill) {
    do throws(MeshError) { skills.append(try make()) } catch { refuse(location, error) }
  }

  mutating func refuse(_ location: String, _ reason: MeshError) {
    refused.append(SourceListing.Refused(location: location, reason: reason))
  }

  /// Warns of an address that everybody who sees the project gets with its query.
  mutating func warnOfQuery(in source: SkillSource) {
    guard source.hasQuery else { return }
    for index in skills.indices { skills[index].notes.append(.queryInAddress) }
  }

  /// Keeps the one skill that is asked for by name, under the source that asks.
  ///
  /// - Throws: `not_found` with the names that are there; the reason of the first refusal when nothing else is there.
  mutating func choose(_ name: SkillSlug, of source: SkillSource) throws(MeshError) {
    guard var skill = skills.first(where: { $0.suggestedFolder == name }) else {
      if skills.isEmpty, let first = refused.first { throw first.reason }
      let names = skills.map(\.suggestedFolder.rawValue).sorted().prefix(20).joined(separator: ", ")
      throw MeshError(
        .notFound, "there is no skill '\(name)' at \(source.publicText, limit: 300)",
        hint: "It has \(names, limit: 1_000).")
    }
    skill.location.source = source
    (skills, refused) = ([skill], [])
  }

  /// The only skill, or of several that of the folder's name.
  ///
  /// - Throws: `conflict` with the names when none is called so; the reason of the first refusal when nothing else is
  ///   there.
  func skill(at source: SkillSource, as folder: SkillSlug) throws(MeshError) -> FoundSkill {
    if skills.isEmpty, let first = refused.first { throw first.reason }
    if skills.count == 1 { return skills[0] }
    if let skill = skills.first(where: { $0.suggestedFolder == folder }) { return skill }
    let names = skills.map(\.suggestedFolder.rawValue).sorted().joined(separator: ", ")
    throw MeshError(
      .conflict, "\(source.description, limit: 300) holds \(skills.count) skills: \(names, limit: 2_000)",
      hint: "Add them one by one: agent-mesh skills add <source> --skill <name>")
  }

  /// The skill of a lock entry: the very same files, or an error that says what there is instead.
  func matching(_ locked: LockedSkill) throws(MeshError) -> FoundSkill {
    if let same = skills.first(where: { $0.treeDigest == locked.treeDigest }) { return same }
    let alike = skills.first { $0.suggestedFolder == locked.folder } ?? (skills.count == 1 ? skills.first : nil)
    if let alike {
      throw MeshError(
        .integrityError,
        "'\(locked.reference)' is not what skills.lock says: \(locked.treeDigest) is locked, "
          + "\(alike.treeDigest) is there now",
        hint: "If the change is welcome, add the source again; else ask its author.")
    }
    if let first = refused.first { throw first.reason }
    throw MeshError(
      .notFound, "'\(locked.folder)' is no longer at \(locked.reference, limit: 300)")
  }
}

extension Finding {
  /// The address of a source has a query, where tokens often stand.
  fileprivate static var queryInAddress: Finding {
    Finding(
      .possibleSecret, .warning, file: ProjectManifest.fileName,
      message: "gets the address with all that follows its '?', which is where tokens often stand",
      remedy: "Use an address without one")
  }
}
