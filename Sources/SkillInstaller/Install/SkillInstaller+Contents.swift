import FoundationSubset
import RegistryAPI
import SkillArchive
import Skills
import SystemPackage

extension SkillInstaller {
  /// The files of a skill that is looked at and not installed, from the cache or from where it comes from.
  package func contents(of skill: LockedSkill) async throws -> ArchiveContents {
    let folder = try Directory.openTemporary()
    let name = "agent-mesh-\(UUID().uuidString)"
    defer { try? folder.removeFile(name) }
    let contents = try ArchiveContents(try await fetcher.fetch(skill, scratch: folder.path(of: name).string))
    guard contents.inspected.treeDigest == skill.treeDigest else {
      throw MeshError(.integrityError, "the files of \(skill.title) are not those that were promised")
    }
    return contents
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
