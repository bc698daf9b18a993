import SkillArchive
import Skills

/// Puts skills into one project, or the user's own folders, and keeps them there.
///
/// Asking, deciding, fetching and unpacking are one step, whose result is shown, agreed to or performed: nothing of the
/// project changes before.
package struct SkillInstaller: Sendable {
  /// What is going on, for a display.
  package enum Progress: Sendable {
    /// So many skills are to be fetched now.
    case beginning(Int)
    case fetching(LockedSkill, bytes: Int)
    case fetched(LockedSkill)
    case placing(Int)
    /// For another of our kind, which works in the same folder.
    case waiting
  }

  package let registries: Registries
  package let targets: InstallTargets
  package let limits: ArchiveLimits
  private let bounds: ResolutionBounds
  let sources: SourceAccess
  let report: @Sendable (Progress) -> Void

  package init(
    registries: Registries, targets: InstallTargets, limits: ArchiveLimits = ArchiveLimits(),
    bounds: ResolutionBounds = ResolutionBounds(), sources: SourceAccess = .none,
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.registries = registries
    self.targets = targets
    self.limits = limits
    self.bounds = bounds
    self.sources = sources
    self.report = report
  }

  /// Resolves, decides, fetches, inspects and stages a change; the only caller of resolver and fetch.
  ///
  /// What is installed stays as it is until the result is performed.
  package func plan(_ change: ProjectChange, _ options: InstallOptions) async throws -> PreparedChange {
    // There is nothing to update where nothing was ever installed.
    if case .update = change {
      try targets.refuseEmptyFolder(hint: "Install a skill first: agent-mesh skills install author/slug")
    }
    var workspace = try await Workspace(targets) { report(.waiting) }
    let state = try ProjectState(targets, replacingForeign: options.replacesForeignManifest)
    let context = ProjectContext(state, targets, options, registries, sources, bounds)
    let planner = Planner(context, workspace.root)
    let stager = SkillStager(fetcher: fetcher, context: context, root: workspace.root)
    var desired: DesiredState
    switch change {
    case .update(let request):
      var update = Update(request, planner, stager)
      return try await update.prepared(in: workspace)
    case .add(let references, let folder): desired = try await Addition(context: context).adding(references, as: folder)
    case .addSources(let skills): desired = try await Addition(context: context).adding(skills)
    case .install(isFrozen: true): desired = try Installation(context: context).frozen()
    case .install(isFrozen: false): desired = try await Installation(context: context).resolved()
    case .rollBack(let slug): desired = try await Rollback(slug: slug, context: context).desiredState()
    case .pin(let slug): desired = try Pinning(slug: slug, context: context).pinned()
    case .unpin(let slug): desired = try Pinning(slug: slug, context: context).unpinned()
    }
    if !desired.keepsFolders { desired.formerNames = try await context.formerNames(in: desired.lock) }
    let decisions = try planner.decisions(for: desired)
    if change.isFrozen { try planner.refuseEdits(decisions) }
    let removals = try planner.removals(for: desired)
    try await stager.stage(decisions, in: &workspace)
    return PreparedChange(
      planner.plan(desired, decisions, removals), in: workspace, targets, decisions: decisions,
      leaving: removals.leaving,
      files: desired.isWritten ? context.state.files(desired.manifest, desired.lock) : [], report: report)
  }

  var fetcher: ArchiveFetcher {
    ArchiveFetcher(registries: registries, sources: sources, limits: limits, report: report)
  }

  /// What `skills.json` says; nil when there is none.
  ///
  /// - Parameter replacingForeign: Whether that of another program counts as none.
  package static func manifest(
    in targets: InstallTargets, replacingForeign: Bool = false
  ) throws(MeshError) -> ProjectManifest? {
    try StateFiles(folder: targets.stateFolder).manifest(replacingForeign: replacingForeign).content
  }

  /// What `skills.lock` says; nil when there is none.
  package static func lock(in targets: InstallTargets) throws(MeshError) -> Lockfile? {
    try StateFiles(folder: targets.stateFolder).lock().content
  }
}
