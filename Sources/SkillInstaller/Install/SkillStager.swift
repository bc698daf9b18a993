import SkillArchive
import Skills

/// Makes skills complete beside their folders.
struct SkillStager: Sendable {
  let fetcher: ArchiveFetcher
  let context: ProjectContext
  let root: SkillsRoot

  /// Fetches and unpacks what is to change, a few skills at a time; the first failure ends the rest.
  func stage(_ decisions: [Decision], in workspace: inout Workspace) async throws {
    let changing = decisions.filter { $0.step.action != .keep }
    _ = try await outcomes(of: changing, endingAfter: \.isFailure, in: &workspace).all()
    try Task.checkCancellation()
  }

  /// Makes skills complete, a few at a time, and keeps in the workspace those that are.
  ///
  /// - Parameter isLast: Whether an outcome makes the rest pointless.
  func outcomes(
    of decisions: [Decision], endingAfter isLast: (Result<StagedSkill, MeshError>) -> Bool = { _ in false },
    in workspace: inout Workspace
  ) async -> [Result<StagedSkill, MeshError>] {
    fetcher.report(.beginning(decisions.count { $0.step.action.places }))
    let outcomes = await inParallel(decisions, endingAfter: isLast) { await stage($0) }
    for case .success(let skill) in outcomes { workspace.keep(skill) }
    return outcomes
  }

  /// Makes one skill complete.
  ///
  /// Leaves nothing behind when it fails.
  func stage(_ decision: Decision) async -> Result<StagedSkill, MeshError> {
    await MeshError.outcome(or: .installFailed) {
      try Task.checkCancellation()
      let staging = try root.stage(for: decision.skill.folder)
      do {
        if decision.step.action == .complete, let installed = decision.installed {
          return try StagedSkill(completing: decision, installed, staging)
        }
        let source = try await fetch(decision.skill, scratch: staging.archivePath)
        var staged = try StagedSkill(decision, staging, unpacking: source, limits: fetcher.limits)
        if context.options.reviews {
          let published = context.indexes.publication(of: decision.skill)
          try staged.review(published: published, accepting: context.state.manifest?.accepted ?? [])
        }
        return staged
      } catch {
        // What is left of it is cleared away by the next run.
        try? staging.discard()
        throw error
      }
    }
  }

  /// The archive; where it can no longer be had, the error names the command that leads past it.
  private func fetch(_ skill: LockedSkill, scratch: String) async throws -> ArchiveSource {
    do {
      return try await fetcher.fetch(skill, scratch: scratch)
    } catch let failure as MeshError where [.gone, .quarantined, .notFound].contains(failure.code) {
      let state = context.state
      if failure.code == .notFound, let manifest = state.manifest, manifest.isPinned(skill), skill.isAtMovingRef {
        throw failure.with(hint: manifest.hint(moving: skill, by: "update \(skill.folder)"))
      }
      guard let name = skill.name,
        let index = try await context.indexes.answers(for: [name], at: skill.registry)[name],
        case .success(let document) = index
      else { throw failure }
      let unavailable = UnavailableVersion(
        skill: skill, index: document, manifest: state.manifest ?? ProjectManifest(), lock: state.former)
      throw failure.with(hint: try unavailable.hint())
    }
  }
}

extension LockedSkill {
  /// Whether another commit can be had under the name by which a git repository is asked: of a branch, a tag, or none.
  fileprivate var isAtMovingRef: Bool {
    if case .git(_, let ref, _) = source { commit != nil && ref != commit } else { false }
  }
}
