@testable import Skills

/// Short ways to manifests and locks for tests.
enum Locks {
  static let home = "https://skills.example"

  static func name(_ text: String) -> SkillName { try! SkillName(parsing: text) }
  static func author(_ text: String) -> AuthorName { try! AuthorName(parsing: text) }
  static func slug(_ text: String) -> SkillSlug { try! SkillSlug(parsing: text) }
  static func range(_ text: String) -> VersionRange { try! VersionRange(parsing: text) }
  static func number(_ text: String) -> SemanticVersion { try! SemanticVersion(parsing: text) }
  static func source(_ text: String) -> SkillSource { try! SkillSource(parsing: text) }

  static func digest(_ seed: String) -> Digest { Digest(of: Array(seed.utf8)) }

  static func tree(_ seed: String) -> TreeDigest {
    let entry = FileManifest.Entry(
      path: .skillMarkdown, size: 1, digest: digest(seed), isExecutable: false)
    return TreeDigest(of: FileManifest([entry]))
  }

  /// `acme/reviewer@1.2.0` and what it needs.
  static func skill(
    _ text: String, needs: [String] = [], folder: String? = nil, registry: String = home, isPrivate: Bool = false
  ) -> LockedSkill {
    let reference = try! SkillReference(parsing: text)
    return LockedSkill(
      folder: folder.map(slug) ?? reference.name.slug,
      origin: .registry(reference.name, reference.range!.exact!, registry: registry, isPrivate: isPrivate),
      digest: digest(text), size: 100 + text.utf8.count, treeDigest: tree(text),
      dependencies: needs.map { try! SkillReference(parsing: $0) })
  }

  static func source(
    _ text: String, as folder: String, commit: String? = nil, version: String? = nil, needs: [String] = []
  ) -> LockedSkill {
    LockedSkill(
      folder: slug(folder), origin: .source(source(text), commit: commit, version: version), digest: digest(text),
      size: 7, treeDigest: tree(text), dependencies: needs.map { try! SkillReference(parsing: $0) })
  }

  /// Skills by name and range.
  static func manifest(_ skills: [String: String?], sources: [String: String] = [:]) -> ProjectManifest {
    var manifest = ProjectManifest()
    for (text, range) in skills { manifest.skills[name(text)] = .init(range: range.map(Self.range)) }
    for (folder, text) in sources { manifest.sources[slug(folder)] = source(text) }
    return manifest
  }

  static func error(ofManifest text: String) -> MeshError? {
    do throws(MeshError) {
      _ = try ProjectManifest(reading: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  static func error(ofLock text: String) -> MeshError? {
    do throws(MeshError) {
      _ = try Lockfile(reading: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }
}
