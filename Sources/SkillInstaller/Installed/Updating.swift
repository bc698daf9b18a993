import RegistryClient
import Skills

/// What updating did to each skill it looked at.
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
  /// Moves skills forward to their newest version; never backward.
  ///
  /// - Parameter only: The folders to update; nil for every skill that we installed.
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
    let verdicts = try await inParallel(installed) { skill in await examine(skill, in: root, options) }
    return try await carryOut(verdicts, in: root)
  }

  private enum Verdict: Sendable {
    case move(Decision)
    case skip(String, UpdateOutcome.SkipReason)
    case fail(String, MeshError)
  }

  private func examine(_ skill: InstalledSkill, in root: SkillsRoot, _ options: InstallOptions) async -> Verdict {
    guard let mark = skill.mark, let name = mark.name, let current = mark.semanticVersion else {
      return .skip(skill.slug, .notManaged)
    }
    do {
      let slug = try SkillSlug(parsing: skill.slug)
      guard mark.registry == client.address.text else { throw Self.otherRegistry(mark) }
      let index = try await client.index(of: name)
      if let known = try index.entry(of: current), known.digest != mark.digest { throw Self.changed(mark) }
      guard let candidate = try index.candidate(newerThan: current) else { return .skip(skill.slug, .upToDate) }
      let obstacle = try Obstacle(at: slug, in: root, targets)
      if case .edited = obstacle.state, !options.force { return .skip(skill.slug, .localEdits) }
      return .move(Decision(updating: mark, to: candidate, obstacle, client, options))
    } catch {
      return .fail(skill.slug, error as? MeshError ?? MeshError(.updateFailed, "\(error)"))
    }
  }

  private func carryOut(_ verdicts: [Verdict], in root: SkillsRoot) async throws -> UpdateOutcome {
    var outcome = UpdateOutcome()
    for verdict in verdicts {
      switch verdict {
      case .skip(let slug, let reason): outcome.skipped.append((slug, reason))
      case .fail(let slug, let error): outcome.failed.append((slug, error))
      case .move(let decision):
        do {
          outcome.updated += try await apply([decision], in: root)
        } catch {
          let failure = error as? MeshError ?? MeshError(.updateFailed, "\(error)")
          if failure.code == .cancelled { throw failure }
          outcome.failed.append((decision.candidate.name.slug.rawValue, failure))
        }
      }
    }
    return outcome
  }

  private static func otherRegistry(_ mark: OwnershipMark) -> MeshError {
    MeshError(
      .conflict, "\(mark.reference) came from \(TerminalText.escaped(mark.registry, limit: 200))",
      hint: "Update it with --registry and that address; a name never moves to another registry.")
  }

  private static func changed(_ mark: OwnershipMark) -> MeshError {
    MeshError(
      .integrityError, "the registry now has other content under \(mark.reference)@\(mark.version)",
      hint: "A version must never change. Ask the registry's operator what happened.")
  }
}
