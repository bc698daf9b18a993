import RegistryClient
import SkillArchive
import Skills
import SystemPackage

/// Gets the archives of locked skills, from the cache or from where they come from.
struct ArchiveFetcher: Sendable {
  let registries: Registries
  let sources: SourceAccess
  let limits: ArchiveLimits
  let report: @Sendable (SkillInstaller.Progress) -> Void

  /// An archive with the digest that was locked.
  ///
  /// - Parameter scratch: Where a large one may be written; nothing is there yet.
  func fetch(_ skill: LockedSkill, scratch: String) async throws -> ArchiveSource {
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
