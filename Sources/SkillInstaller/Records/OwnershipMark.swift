import RegistryClient
import Skills

/// What we record in a skill folder that we made: where it came from and what was in it.
///
/// Front matter is never trusted for any of this, and no archive may carry a file of this name.
package struct OwnershipMark: Sendable, Hashable {
  package static let fileName = ".agent-mesh.json"
  static let sizeLimit = 4 << 20
  static let currentFormat = 1

  package struct File: Sendable, Hashable {
    package var path: String
    package var size: Int
    package var digest: Digest
    package var executable: Bool
  }

  /// `author/slug`, or the text of a source.
  package internal(set) var reference: String
  /// Nil for a skill that is in no registry.
  package internal(set) var name: SkillName?
  /// Empty for a source whose SKILL.md names none.
  package var version: String
  /// The address of the registry; empty for a skill that is in none.
  package var registry: String
  package var digest: Digest
  package var treeDigest: TreeDigest
  package var isPrivate: Bool
  /// Folders, relative to the project, that hold a link to this one.
  package var links: [String]
  package var files: [File]
  /// The folder it is in; records of older programs have none, their skills are in the folder of their name.
  package var folder: String?
  /// Bytes of the archive.
  package var size: Int?
  package var dependencies: [String]?
  /// Of a git source.
  package var commit: String?
  /// What this one took the place of, for a rollback.
  package var previous: Previous?

  /// An earlier version of the same skill.
  package struct Previous: Sendable, Hashable {
    package var version: String
    package var commit: String?
    package var digest: Digest
    package var size: Int
    package var treeDigest: TreeDigest
    package var dependencies: [String]
  }

  package init(of skill: LockedSkill, links: [String], manifest: FileManifest, previous: Previous? = nil) {
    let files = manifest.entries.map {
      File(path: $0.path.string, size: $0.size, digest: $0.digest, executable: $0.isExecutable)
    }
    self.init(of: skill, links: links.sorted(), files, manifest.treeDigest, previous)
  }

  private init(
    of skill: LockedSkill, links: [String], _ files: [File], _ treeDigest: TreeDigest, _ previous: Previous?
  ) {
    reference = skill.reference
    name = skill.name
    version = skill.number?.description ?? ""
    registry = skill.registry ?? ""
    digest = skill.digest
    size = skill.size
    isPrivate = skill.isPrivate
    folder = skill.folder.rawValue
    dependencies = skill.dependencies.map(\.description)
    (self.links, self.files, self.treeDigest, self.previous) = (links, files, treeDigest, previous)
    if case .source(_, let commit, let declared) = skill.origin { (self.commit, version) = (commit, declared ?? "") }
  }

  /// The same files, recorded as what a lock says of their archive.
  func following(_ skill: LockedSkill) -> OwnershipMark {
    OwnershipMark(of: skill, links: links, files, treeDigest, previous)
  }

  /// Whether it says of the skill what a lock says.
  func follows(_ skill: LockedSkill) -> Bool {
    let new = following(skill)
    return new.reference == reference && new.version == version && new.commit == commit && new.digest == digest
      && new.isPrivate == isPrivate && isOfRegistry(of: skill)
  }

  /// As `follows(_:)`, but of a source with the very same archive it does not matter by which commit it came.
  func agrees(with skill: LockedSkill) -> Bool {
    follows(skill) || skill.source != nil && reference == skill.reference && digest == skill.digest
  }

  /// However the two texts are written.
  func isOfRegistry(of skill: LockedSkill) -> Bool {
    guard let other = skill.registry, let address = try? RegistryAddress(parsing: other) else { return true }
    return (try? RegistryAddress(parsing: registry)) == address
  }

  /// The mark of the skill in the folder `slug`; nil when there is none that we can have written.
  ///
  /// A cloned project may bring folders with marks, so that nothing in one is believed that could lead elsewhere: it
  /// names the folder it is in, and of its links only those to the folders of known agents count.
  ///
  /// - Parameter known: Every folder that a link can be in.
  package static func read(
    in folder: Directory, of slug: SkillSlug, knowing known: Set<String>
  ) throws(MeshError) -> OwnershipMark? {
    try folder.read(fileName, limit: sizeLimit).flatMap { OwnershipMark(believing: $0, of: slug, knowing: known) }
  }

  private init?(believing bytes: [UInt8], of slug: SkillSlug, knowing known: Set<String>) {
    self.init(reading: bytes)
    guard (folder ?? name?.slug.rawValue) == slug.rawValue, locked != nil else { return nil }
    links = links.filter(known.contains)
  }

  /// Whether a folder has the mark of a newer program, which we cannot read.
  static func isNewer(in folder: Directory) throws(MeshError) -> Bool {
    try folder.read(fileName, limit: sizeLimit).map { RecordFormat.isNewer($0, than: currentFormat) } ?? false
  }

  /// The version, or where there is none the beginning of the commit.
  var shownVersion: String? { version.isEmpty ? commit.map { String($0.prefix(12)) } : version }

  /// What was installed, as a lock says it; nil for a record that cannot be ours.
  package var locked: LockedSkill? {
    guard let slug = (folder ?? name?.slug.rawValue).flatMap({ try? SkillSlug(parsing: $0) }), let origin else {
      return nil
    }
    let needed = (dependencies ?? []).compactMap { try? SkillReference(parsing: $0) }
    return LockedSkill(
      folder: slug, origin: origin, digest: digest, size: size ?? 1, treeDigest: treeDigest, dependencies: needed)
  }

  private var origin: LockedSkill.Origin? {
    if let name {
      let number = try? SemanticVersion(parsing: version)
      return number.map { .registry(name, $0, registry: registry, isPrivate: isPrivate) }
    }
    guard let source = try? SkillSource(parsing: reference) else { return nil }
    return .source(source, commit: commit, version: version.isEmpty ? nil : version)
  }
}
