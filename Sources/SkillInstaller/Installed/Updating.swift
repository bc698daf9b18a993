import RegistryClient
import Skills

/// What updating did to each skill it looked at, in each list by name of the folder.
package struct UpdateOutcome: Sendable {
  package enum SkipReason: String, Sendable, Codable {
    case upToDate = "up_to_date"
    case notManaged = "not_managed"
    case localEdits = "local_edits"
  }

  package var updated: [InstalledItem] = []
  package var skipped: [(slug: String, reason: SkipReason)] = []
  package var failed: [(slug: String, error: MeshError)] = []
}

extension SkillInstaller {
  /// Moves skills forward to their newest version, never backward, and completes the links of those that are there.
  ///
  /// All are fetched side by side; each comes to its own end, whatever happens to the others.
  ///
  /// - Parameter chosen: The folders to update; nil for every skill that we installed.
  /// - Throws: `cancelled`, having changed nothing, or what concerns all of them.
  package func update(only chosen: [SkillSlug]?, _ options: InstallOptions) async throws -> UpdateOutcome {
    guard let root = try await SkillsRoot.claimIfPresent(targets.sharedFolder) else {
      throw MeshError(
        .noSkillsDirectory, "there is no '\(Agent.sharedFolder)' in '\(targets.project)'",
        hint: "Install a skill first: agent-mesh skills install author/slug.")
    }
    defer { root.tidy() }
    let installed = try Self.installed(in: targets).filter { skill in
      chosen?.contains { $0.rawValue == skill.slug } ?? true
    }
    for slug in chosen ?? [] where !installed.contains(where: { $0.slug == slug.rawValue }) {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
    }
    let verdicts = await inParallel(installed) { skill in await examine(skill, in: root, options) }
    let staged = await inParallel(verdicts) { verdict in await verdict.stagedBy(self, in: root) }
    defer { clear(staged.compactMap(\.self)) }
    try Task.checkCancellation()
    return finish(verdicts, staged, in: root)
  }

  fileprivate enum Verdict: Sendable {
    case move(Decision)
    /// Nothing is newer, but links are missing.
    case relink(String, Decision)
    case skip(String, UpdateOutcome.SkipReason)
    case fail(String, MeshError)

    func stagedBy(_ installer: SkillInstaller, in root: SkillsRoot) async -> Result<StagedSkill, MeshError>? {
      switch self {
      case .move(let decision), .relink(_, let decision): await installer.stage(decision, in: root)
      case .skip, .fail: nil
      }
    }
  }

  private func examine(_ skill: InstalledSkill, in root: SkillsRoot, _ options: InstallOptions) async -> Verdict {
    let outcome = await MeshError.outcome(or: .updateFailed) {
      try await verdict(on: skill, in: root, options)
    }
    return switch outcome {
    case .success(let verdict): verdict
    case .failure(let failure): .fail(skill.slug, failure)
    }
  }

  private func verdict(
    on skill: InstalledSkill, in root: SkillsRoot, _ options: InstallOptions
  ) async throws -> Verdict {
    guard let mark = skill.mark, let name = mark.name, let current = mark.semanticVersion else {
      return .skip(skill.slug, .notManaged)
    }
    try mark.refuseOtherRegistry(than: client.address)
    let index = try await client.index(of: name)
    if let known = try index.entry(of: current), known.digest != mark.digest { throw Self.changed(mark) }
    let obstacle = try Obstacle(at: name.slug, in: root)
    guard obstacle.mark == mark else { return .skip(skill.slug, .notManaged) }
    guard let candidate = try index.candidate(newerThan: current) else {
      return try relinking(mark, obstacle, index.candidate(installed: current), in: root, options)
    }
    if case .edited = obstacle.state, !options.force { return .skip(skill.slug, .localEdits) }
    return .move(
      try Decision(updating: mark, to: bounded(candidate), obstacle, in: root, targets, client, options))
  }

  private func relinking(
    _ mark: OwnershipMark, _ obstacle: Obstacle, _ candidate: Candidate?, in root: SkillsRoot, _ options: InstallOptions
  ) throws(MeshError) -> Verdict {
    let (slug, links) = (obstacle.slug, AgentLinks(slug: obstacle.slug, folders: mark.links, targets: targets))
    guard let candidate, case .incomplete = try links.survey(root, current: mark.treeDigest) else {
      return .skip(slug.rawValue, .upToDate)
    }
    return .relink(slug.rawValue, Decision(relinking: mark, candidate, obstacle, client))
  }

  private func finish(
    _ verdicts: [Verdict], _ staged: [Result<StagedSkill, MeshError>?], in root: SkillsRoot
  ) -> UpdateOutcome {
    var outcome = UpdateOutcome()
    for (verdict, staged) in zip(verdicts, staged) {
      switch (verdict, Result { () throws(MeshError) in try place(staged, in: root) }) {
      case (.skip(let slug, let reason), _): outcome.skipped.append((slug, reason))
      case (.fail(let slug, let failure), _): outcome.failed.append((slug, failure))
      case (.relink(let slug, _), .success): outcome.skipped.append((slug, .upToDate))
      case (.relink(let slug, _), .failure(let failure)): outcome.failed.append((slug, failure))
      case (.move, .success(let items)): outcome.updated += items
      case (.move(let decision), .failure(let failure)):
        outcome.failed.append((decision.candidate.name.slug.rawValue, failure))
      }
    }
    return outcome
  }

  private func place(
    _ staged: Result<StagedSkill, MeshError>?, in root: SkillsRoot
  ) throws(MeshError) -> [InstalledItem] {
    guard let staged else { return [] }
    return try place([staged.get()], in: root)
  }

  private static func changed(_ mark: OwnershipMark) -> MeshError {
    MeshError(
      .integrityError, "the registry now has other content under \(mark.reference)@\(mark.version)",
      hint: "A version must never change. Ask the registry's operator what happened.")
  }
}
