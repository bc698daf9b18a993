import Foundation
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
  /// Fetches under way at once.
  static let parallelism = 8

  package init(
    client: RegistryClient, targets: InstallTargets, limits: ArchiveLimits = ArchiveLimits(),
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.client = client
    self.targets = targets
    self.limits = limits
    self.report = report
  }

  /// What installing would do. Changes nothing but what an interrupted run left behind.
  package func plan(_ references: [SkillReference], _ options: InstallOptions) async throws -> [InstallPlan] {
    let candidates = try await candidates(for: references)
    let root = try await SkillsRoot.claimIfPresent(targets.sharedFolder)
    return try candidates.map { try Decision(installing: $0, in: root, targets, client, options).plan }
  }

  /// Installs all of the references, or none.
  package func install(_ references: [SkillReference], _ options: InstallOptions) async throws -> [InstalledItem] {
    let candidates = try await candidates(for: references)
    let root = try await SkillsRoot.claim(targets.sharedFolder)
    defer { root.tidy() }
    let decisions = try candidates.map { try Decision(installing: $0, in: root, targets, client, options) }
    return try await apply(decisions, in: root)
  }

  /// Fetches and unpacks everything, then puts it in place one after the other.
  func apply(_ decisions: [Decision], in root: SkillsRoot) async throws -> [InstalledItem] {
    let staged = try await inParallel(decisions) { decision in
      decision.needsArchive ? try await stage(decision, in: root) : nil
    }
    return try zip(decisions, staged).map { decision, staged in
      let item = try Placement(root: root, targets: targets).perform(decision, staged)
      report(.placed(decision.candidate.name, decision.candidate.number))
      return item
    }
  }

  private func stage(_ decision: Decision, in root: SkillsRoot) async throws -> StagedSkill {
    let candidate = decision.candidate
    let staging = try root.stage(for: candidate.name.slug)
    do {
      let scratch = staging.folder.path.appending(Staging.archive).string
      let report = report
      let fetched = try await client.fetch(
        candidate.name, candidate.entry, number: candidate.number, scratch: scratch
      ) { report(.fetching(candidate.name, candidate.number, bytes: $0, of: candidate.entry.size)) }
      let staged = StagedSkill(staging: staging, source: fetched.source)
      return try staged.unpacked(candidate, decision.mark, limits: limits)
    } catch {
      try staging.discard()
      throw error
    }
  }

  private func candidates(for references: [SkillReference]) async throws -> [Candidate] {
    try Self.refuseClashes(references)
    return try await inParallel(references) { reference in
      try await client.index(of: reference.name).candidate(for: reference.range)
    }
  }

  /// Two skills with one slug cannot both have the folder of that name.
  private static func refuseClashes(_ references: [SkillReference]) throws(MeshError) {
    for (slug, group) in Dictionary(grouping: references, by: \.name.slug) where group.count > 1 {
      let names = group.map(\.description).joined(separator: " and ")
      throw MeshError(.conflict, "\(names) would both be installed as '\(slug)'", hint: "Name each skill once.")
    }
  }

  /// Results in the order of the values; the first failure cancels the rest.
  func inParallel<Value: Sendable, Result: Sendable>(
    _ values: [Value], _ work: @escaping @Sendable (Value) async throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: values.count)
      var next = values.enumerated().makeIterator()
      for _ in 0..<Self.parallelism {
        if let (index, value) = next.next() { group.addTask { (index, try await work(value)) } }
      }
      while let (index, result) = try await group.next() {
        results[index] = result
        if let (index, value) = next.next() { group.addTask { (index, try await work(value)) } }
      }
      return results.compactMap(\.self)
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
