import RegistryAPI
import SkillArchive
import SkillInstaller
import Skills

/// Finds skills by the words of a person: what is installed here, else what a registry has.
struct SkillLookup: Sendable {
  private let mesh: Mesh
  private let place: Workplace
  /// What is locked, or recorded where nothing is locked.
  let known: Lockfile

  init(_ mesh: Mesh, _ place: Workplace) throws {
    self.mesh = mesh
    self.place = place
    known = try mesh.known(in: place.targets)
  }

  /// What is installed here as this folder, or under this name; nil when nothing is.
  ///
  /// - Throws: `NameRefusal` for a word that is neither.
  func installed(_ word: String) throws -> LockedSkill? {
    guard word.contains("/") else { return known[try SkillSlug(parsing: word)] }
    return known[try SkillReference(parsing: word).name]
  }

  /// A version of a skill in its registry: the newest that is in the range, or the newest at all.
  func version(_ reference: SkillReference) async throws -> LockedSkill {
    let client = try place.installer.registries.client(at: registry(of: reference.name))
    let document = try await client.index(of: reference.name)
    try document.refuseMissing(reference)
    let served = try document.numbered().filter { $0.entry.status.isServed }
    let published = served.filter { $0.entry.status == .published }
    let range = reference.range ?? .any
    guard
      let number = range.newest(of: published.map(\.number)) ?? range.newest(of: served.map(\.number))
        ?? served.map(\.number).max(), let entry = try document.entry(of: number)
    else { throw MeshError(.notFound, "\(reference) has no version that can be downloaded") }
    return LockedSkill(
      folder: reference.name.slug,
      origin: .registry(reference.name, number, registry: client.address.text, isPrivate: document.isPrivate),
      digest: entry.digest, size: entry.size, treeDigest: entry.treeDigest,
      dependencies: try entry.references(of: reference.name))
  }

  /// A source as it is now, or a git source at another branch, tag or commit.
  ///
  /// - Throws: `usage` for a reference of a source that has none.
  func newest(of skill: LockedSkill, at ref: String?, isOffline: Bool) async throws -> LockedSkill {
    guard var source = skill.source else { return skill }
    if let ref {
      guard case .git(let url, _, let folder) = source else {
        throw MeshError(
          .usage,
          "\(skill.folder) comes from \(skill.reference, limit: 300), which has no versions",
          hint: "Leave out the version to compare with the source as it is now.")
      }
      source = .git(url: url, ref: ref, folder: folder)
    }
    guard !isOffline || source.isLocal else { throw Mesh.offline(source.description) }
    let found = try await place.sources.skill(at: source, as: skill.folder)
    mesh.cache.store(found.packed.bytes, as: found.packed.digest)
    return found.locked(as: skill.folder)
  }

  /// The archive of a skill, checked.
  func contents(of skill: LockedSkill) async throws -> ArchiveContents {
    let contents = try await place.installer.contents(of: skill)
    mesh.progress.clear()
    return contents
  }

  /// The registry that a skill comes from for ever, else that of the manifest; nil for the standard one.
  private func registry(of name: SkillName) -> String? {
    place.installer.registries.address(of: name, place.manifest, known)
  }

  static func unknown(_ word: String) -> MeshError {
    MeshError(
      .notInstalled, "'\(word, limit: 120)' is not installed here",
      hint: "A skill of a registry is written as author/slug. See: agent-mesh skills installed")
  }
}

extension ArchiveContents {
  /// For comparing.
  var skillFiles: [SkillPath: SkillFile] {
    var result: [SkillPath: SkillFile] = [:]
    for entry in inspected.manifest.entries {
      result[entry.path] = SkillFile(files[entry.path] ?? [], isExecutable: entry.isExecutable)
    }
    return result
  }
}
