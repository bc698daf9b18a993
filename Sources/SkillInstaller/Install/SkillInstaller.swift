import RegistryClient
import SkillArchive
import Skills
import SystemPackage

/// Puts skills of one registry into one project, and keeps them there.
///
/// Asking, deciding, fetching and changing follow one another: nothing of the project changes before every archive of
/// a call is fetched, checked and unpacked beside its place.
package struct SkillInstaller: Sendable {
  /// What is going on, for a display.
  package enum Progress: Sendable {
    case fetching(SkillName, SemanticVersion, bytes: Int, of: Int)
    case placed(SkillName, SemanticVersion)
  }

  package let client: RegistryClient
  package let targets: InstallTargets
  package let limits: ArchiveLimits
  let report: @Sendable (Progress) -> Void

  package init(
    client: RegistryClient, targets: InstallTargets, limits: ArchiveLimits = ArchiveLimits(),
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.client = client
    self.targets = targets
    self.limits = limits
    self.report = report
  }

  /// What installing would do.
  ///
  /// Changes nothing but what an interrupted run left behind.
  package func plan(_ references: [SkillReference], _ options: InstallOptions) async throws -> [InstallPlan] {
    let candidates = try await candidates(for: references)
    let root = try await SkillsRoot.claimIfPresent(targets.sharedFolder)
    return try candidates.map { try Decision(installing: $0, in: root, targets, client, options).plan }
  }

  /// Installs all of the references, or none.
  package func install(_ references: [SkillReference], _ options: InstallOptions) async throws -> [InstalledItem] {
    let candidates = try await candidates(for: references)
    let root = try await SkillsRoot.claim(targets.sharedFolder)
    do {
      let decisions = try candidates.map { try Decision(installing: $0, in: root, targets, client, options) }
      let items = try await apply(decisions, in: root)
      root.tidy()
      return items
    } catch {
      root.withdraw()
      throw error
    }
  }

  /// Fetches and unpacks everything, then puts it in place.
  private func apply(_ decisions: [Decision], in root: SkillsRoot) async throws -> [InstalledItem] {
    let outcomes = await inParallel(decisions, endingAfter: \.isFailure) { await stage($0, in: root) }
    defer { clear(outcomes) }
    let staged = try outcomes.all()
    try Task.checkCancellation()
    return try place(staged, in: root)
  }

  /// Makes one skill complete beside its place.
  ///
  /// Leaves nothing behind when it fails.
  func stage(_ decision: Decision, in root: SkillsRoot) async -> Result<StagedSkill, MeshError> {
    await MeshError.outcome(or: .installFailed) {
      try Task.checkCancellation()
      let staging = try root.stage(for: decision.candidate.name.slug)
      do {
        if decision.plan.action == .complete, let installed = decision.installed {
          return try StagedSkill(completing: decision, installed, staging)
        }
        let source = try await fetch(decision.candidate, staging)
        return try StagedSkill(decision, staging, unpacking: source, limits: limits)
      } catch {
        // What is left of it is cleared away by the next run.
        try? staging.discard()
        throw error
      }
    }
  }

  func place(_ skills: [StagedSkill], in root: SkillsRoot) throws(MeshError) -> [InstalledItem] {
    let items = try Placement(root: root, targets: targets).perform(skills)
    for item in items { report(.placed(item.name, item.version)) }
    return items
  }

  func clear(_ outcomes: [Result<StagedSkill, MeshError>]) {
    for case .success(let skill) in outcomes { skill.clear() }
  }

  private func fetch(_ candidate: Candidate, _ staging: Staging) async throws -> ArchiveSource {
    let scratch = staging.folder.place(of: Staging.archive)
    let report = report
    let fetched = try await client.fetch(
      candidate.name, candidate.entry, number: candidate.number, scratch: scratch
    ) { report(.fetching(candidate.name, candidate.number, bytes: $0, of: candidate.entry.size)) }
    return fetched.source
  }

  private func candidates(for references: [SkillReference]) async throws -> [Candidate] {
    try Self.refuseClashes(references)
    let outcomes = await inParallel(references, endingAfter: \.isFailure) { reference in
      await MeshError.outcome(or: .installFailed) {
        try bounded(await client.index(of: reference.name).candidate(for: reference.range))
      }
    }
    return try outcomes.all()
  }

  /// Asked before the first byte is fetched: the index may promise anything.
  func bounded(_ candidate: Candidate) throws(MeshError) -> Candidate {
    guard candidate.entry.size <= limits.compressedBytes else {
      throw MeshError(
        .integrityError,
        "the archive of \(candidate.name)@\(candidate.number) would have \(candidate.entry.size) bytes",
        hint: "No registry takes more than \(limits.compressedBytes). Report it to the registry.")
    }
    return candidate
  }

  /// Two skills with one slug cannot both have the folder of that name.
  private static func refuseClashes(_ references: [SkillReference]) throws(MeshError) {
    for (slug, group) in Dictionary(grouping: references, by: \.name.slug) where group.count > 1 {
      let names = group.map(\.description).joined(separator: " and ")
      throw MeshError(.conflict, "\(names) would both be installed as '\(slug)'", hint: "Name each skill once.")
    }
  }
}

extension FetchedArchive {
  fileprivate var source: ArchiveSource {
    switch self {
    case .bytes(let bytes): .bytes(bytes)
    case .file(let path): .file(FilePath(path))
    }
  }
}
