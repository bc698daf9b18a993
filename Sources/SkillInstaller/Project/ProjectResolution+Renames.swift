import RegistryAPI
import RegistryClient
import Skills

extension ProjectResolution {
  /// A skill as its registry knows it, whatever it is called here.
  private struct Identity: Hashable {
    let presentName: SkillName
    let registry: RegistryAddress?
  }

  /// The resolution with one name for every skill, and with their present names for those that move.
  ///
  /// Two names are one skill only when a registry leads from one of them to the other, or from both to a third.
  ///
  /// - Parameter names: Of the skills that this resolution has come to.
  /// - Returns: Nil when every name can stay.
  func renamed(_ names: Set<SkillName>) async throws -> ProjectResolution? {
    let found = try await newNames(of: names)
    guard !found.isEmpty else { return nil }
    let trial = resolution(following: SkillRenames(found))
    let taken = found.filter { old, new in
      // Not the name of another skill, which is looked for elsewhere, and none that was replaced before.
      trial.address(of: trial.registry(of: new)) == address(of: registry(of: old)) && renames[new] == new
    }
    return taken.isEmpty ? nil : resolution(following: SkillRenames(taken))
  }

  private func resolution(following found: SkillRenames) -> ProjectResolution {
    var next = ProjectResolution(
      input.renamed(by: found), registries, indexes, renames: renames.followed(by: found))
    for (old, new) in found.pairs { next.registryOf[new] = registryOf[new] ?? registryOf[old] }
    return next
  }

  private func newNames(of names: Set<SkillName>) async throws -> [SkillName: SkillName] {
    var found: [SkillName: SkillName] = [:]
    for (identity, group) in try await identities(for: names) {
      let name = name(of: identity, called: group)
      for other in group where other != name && names.contains(other) { found[other] = name }
    }
    return found
  }

  /// What is chosen or locked and may be one skill, by what it is: only slugs that are there twice are in question, and
  /// what moves.
  private func identities(for names: Set<SkillName>) async throws -> [Identity: [SkillName]] {
    let all = names.union(input.preferred.skills.compactMap(\.name))
    var doubtful = names.intersection(input.moving)
    for (_, group) in Dictionary(grouping: all, by: \.slug) where group.count > 1 && !names.isDisjoint(with: group) {
      doubtful.formUnion(group)
    }
    let unknown = doubtful.filter { documents[$0] == nil && failures[$0] == nil }.sorted()
    // What could not be asked for, or cannot now, keeps its name.
    let answers = try await answers(for: unknown)
    return Dictionary(grouping: doubtful.sorted()) { name in
      let document = documents[name] ?? answers[name].flatMap { try? $0.get() }
      let presentName = document?.presentName.flatMap { try? SkillName(parsing: $0) }
      return Identity(presentName: presentName ?? name, registry: address(of: registry(of: name)))
    }
  }

  /// The present name for what moves and where the project wants it, else the one that is locked.
  private func name(of identity: Identity, called group: [SkillName]) -> SkillName {
    if group.contains(where: input.moving.contains) || input.manifest.skills[identity.presentName] != nil {
      return identity.presentName
    }
    let locked = group.filter { input.preferred[$0] != nil }
    if locked.count == 1 { return locked[0] }
    return group.count == 1 ? group[0] : identity.presentName
  }
}
