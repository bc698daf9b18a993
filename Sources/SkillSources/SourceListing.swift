import Skills

/// Everything that a source holds: the skills, and what would be one but was refused.
package struct SourceListing: Sendable {
  package struct Refused: Sendable {
    /// Where it lies: a folder of the source, or the name of an entry; empty for the source itself.
    package var place: String
    package var reason: MeshError
  }

  /// Sorted by the folder that each would be installed as.
  package private(set) var skills: [SourcedSkill] = []
  package private(set) var refused: [Refused] = []

  mutating func add(_ skill: SourcedSkill) {
    skills.append(skill)
    skills.sort { ($0.suggestedFolder, $0.source.description) < ($1.suggestedFolder, $1.source.description) }
  }

  mutating func refuse(_ place: String, _ reason: MeshError) {
    refused.append(Refused(place: place, reason: reason))
  }

  /// Adds what `make` returns, or the reason why it does not.
  mutating func add(at place: String, _ make: () throws(MeshError) -> SourcedSkill) {
    do throws(MeshError) { add(try make()) } catch { refuse(place, error) }
  }

  /// Tells of an address that everybody who sees the project gets with its query.
  mutating func warnOfQuery(in source: SkillSource) {
    guard source.hasQuery else { return }
    for index in skills.indices { skills[index].findings.append(.queryInAddress) }
  }

  mutating func attribute(to authorship: Authorship?) {
    for index in skills.indices { skills[index].authorship = authorship }
  }

  /// Keeps the one skill that is asked for by name, under the source that asks.
  ///
  /// - Throws: `not_found` with the names that are there; the reason of the first refusal when nothing else is there.
  mutating func choose(_ name: SkillSlug, of source: SkillSource) throws(MeshError) {
    guard var skill = skills.first(where: { $0.suggestedFolder == name }) else {
      if skills.isEmpty, let first = refused.first { throw first.reason }
      let names = skills.prefix(20).map(\.suggestedFolder.rawValue).joined(separator: ", ")
      throw MeshError(
        .notFound, "there is no skill '\(name)' at \(TerminalText.escaped(source.publicText, limit: 300))",
        hint: "It has \(names).")
    }
    skill.source = source
    (skills, refused) = ([skill], [])
  }

  /// The skill of a lock entry: the very same files, or an error that says what there is instead.
  func matching(_ locked: LockedSkill) throws(MeshError) -> SourcedSkill {
    if let same = skills.first(where: { $0.packed.treeDigest == locked.treeDigest }) { return same }
    let alike = skills.first { $0.suggestedFolder == locked.folder } ?? (skills.count == 1 ? skills.first : nil)
    if let alike {
      throw MeshError(
        .integrityError,
        "'\(locked.reference)' is not what skills.lock says: \(locked.treeDigest) is locked, "
          + "\(alike.packed.treeDigest) is there now",
        hint: "If the change is welcome, add the source again; else ask its author.")
    }
    if let first = refused.first { throw first.reason }
    throw MeshError(
      .notFound, "'\(locked.folder)' is no longer at \(TerminalText.escaped(locked.reference, limit: 300))")
  }
}
