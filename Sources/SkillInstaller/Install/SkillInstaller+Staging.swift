import RegistryAPI
import RegistryClient
import SkillArchive
import Skills
import SystemPackage

extension SkillInstaller {
  /// Fetches and unpacks what is to change, a few skills at a time; the first failure ends the rest.
  func stage(_ decisions: [Decision], in root: SkillsRoot) async -> [Result<StagedSkill, MeshError>] {
    let changing = decisions.filter { $0.plan.action != .keep }
    report(.beginning(changing.count { $0.plan.action != .complete }))
    return await inParallel(changing, endingAfter: \.isFailure) { await stage($0, in: root) }
  }

  /// Makes one skill complete beside its place.
  ///
  /// Leaves nothing behind when it fails.
  func stage(_ decision: Decision, in root: SkillsRoot) async -> Result<StagedSkill, MeshError> {
    await MeshError.outcome(or: .installFailed) {
      try Task.checkCancellation()
      let staging = try root.stage(for: decision.skill.folder)
      do {
        if decision.plan.action == .complete, let installed = decision.installed {
          return try StagedSkill(completing: decision, installed, staging)
        }
        let source = try await fetch(decision.skill, scratch: staging.archivePath)
        return try StagedSkill(decision, staging, unpacking: source, limits: limits)
      } catch {
        // What is left of it is cleared away by the next run.
        try? staging.discard()
        throw error
      }
    }
  }

  /// Tells a display how many skills are to be fetched next.
  package func announce(_ count: Int) {
    report(.beginning(count))
  }

  /// The archive of a locked skill, its digest checked.
  ///
  /// - Parameter scratch: Where a large one may be written.
  package func fetch(_ skill: LockedSkill, scratch: String) async throws -> ArchiveSource {
    guard let name = skill.name, let number = skill.number else {
      let bytes = try await sources.fetch(skill)
      report(.fetched(skill))
      return .bytes(bytes)
    }
    // Asked before the first byte is fetched: an index may promise anything.
    guard skill.size <= limits.compressedBytes else {
      throw MeshError(
        .integrityError, "the archive of \(skill.title) would have \(skill.size) bytes",
        hint: "No registry takes more than \(limits.compressedBytes). Report it to the registry.")
    }
    let report = report
    let fetched = try await registries.client(at: skill.registry).fetch(
      name, number, digest: skill.digest, size: skill.size, scratch: scratch
    ) { report(.fetching(skill, bytes: $0)) }
    report(.fetched(skill))
    switch fetched {
    case .bytes(let bytes): return .bytes(bytes)
    case .file(let path): return .file(FilePath(path))
    }
  }
}

extension SkillInstaller {
  /// The index of a locked skill, from its own registry; nil for a skill that is in none.
  package func index(of skill: LockedSkill) async throws -> IndexDocument? {
    guard let name = skill.name else { return nil }
    return try await registries.client(at: skill.registry).index(of: name)
  }

  /// The indexes of many skills, each from its own registry.
  package func indexes(of skills: [LockedSkill]) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    var answers: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for (address, group) in Dictionary(grouping: skills.filter { $0.name != nil }, by: \.registry) {
      let names = group.compactMap(\.name)
      do {
        answers.merge(try await registries.client(at: address).indexes(of: names)) { $1 }
      } catch let failure as MeshError where failure.code != .cancelled {
        for name in names { answers[name] = .failure(failure) }
      }
    }
    return answers
  }
}
