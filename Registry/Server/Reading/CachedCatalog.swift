import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// The catalog as the server uses it: what was read is kept until it changes, and every change goes through here, where
/// what it makes untrue is forgotten.
struct CachedCatalog: Sendable {
  private let catalog: Catalog
  private let entries: BoundedCache<SkillName, CatalogEntry>
  private let privateEntries: BoundedCache<SkillName, CatalogEntry>
  /// Of names that are not among the public entries, missing ones and private ones alike.
  ///
  /// By whoever asked: that the owner has just been there must not make it quicker for a stranger. What is kept says
  /// whose members may know of a skill, and not who they are.
  private let visibilities = BoundedCache<SkillName, [Reader.Credential: SkillVisibility]>(limit: 1 << 17) { $0.count }
  /// By the versions whose files they list, which never change.
  private let fileLists = BoundedCache<Int64, RenderedJSON>(limit: 32 << 20) { $0.bytes.readableBytes + 1_024 }

  init(_ catalog: Catalog) {
    self.catalog = catalog
    func cache() -> BoundedCache<SkillName, CatalogEntry> {
      BoundedCache(limit: 32 << 20) { $0.index.bytes.readableBytes * 4 + 1_024 }
    }
    entries = cache()
    privateEntries = cache()
  }

  /// To be called after changes that nobody here made, and after an author was renamed or a skill transferred.
  func forgetAll() {
    entries.removeAll()
    privateEntries.removeAll()
    visibilities.removeAll()
    fileLists.removeAll()
  }

  private func forget(_ name: SkillName) {
    entries.remove(name)
    privateEntries.remove(name)
  }
}

// MARK: - Reading

extension CachedCatalog {
  /// A skill as far as a reader may know of it.
  ///
  /// For one that is private and one that is missing, a stranger gets nil by the same look-ups in the same order.
  func entry(for name: SkillName, visibleTo reader: Reader) async throws -> CatalogEntry? {
    if let entry = entries[name] { return entry }
    guard try await visibility(of: name, to: reader).includes(reader, for: name) else { return nil }
    if let entry = privateEntries[name], SkillVisibility(entry.history.skill).includes(reader, for: name) {
      return entry
    }
    let (publicEpoch, privateEpoch) = (entries.epoch, privateEntries.epoch)
    guard let history = try await catalog.history(of: name) else { return nil }
    guard SkillVisibility(history.skill).includes(reader, for: name) else { return nil }
    let entry = try CatalogEntry(history)
    if history.skill.isPrivate {
      privateEntries.insert(entry, for: name, readAt: privateEpoch)
    } else {
      entries.insert(entry, for: name, readAt: publicEpoch)
    }
    return entry
  }

  /// The same for many skills; those that are not there for the caller are left out.
  func entries(for names: Set<SkillName>, visibleTo reader: Reader) async throws -> [SkillName: CatalogEntry] {
    let unknown = names.filter { entries[$0] == nil && visibilities[$0]?[reader.credential] == nil }
    if !unknown.isEmpty { _ = try await readVisibilities(of: unknown, to: reader) }
    var found: [SkillName: CatalogEntry] = [:]
    for name in names { found[name] = try await entry(for: name, visibleTo: reader) }
    return found
  }

  /// The names that skills have now whose authors were renamed, or that were transferred; the others are left out,
  /// whether there is a skill or not.
  ///
  /// To be asked after what was found under the names as they are: it costs nothing then.
  func presentNames(of names: Set<SkillName>, for reader: Reader) async throws -> [SkillName: SkillName] {
    var present: [SkillName: SkillName] = [:]
    for name in names {
      let author = try await visibility(of: name, to: reader).presentAuthor(of: name.slug, for: reader)
      if let author { present[name] = SkillName(author: author, slug: name.slug) }
    }
    return present
  }

  private func visibility(of name: SkillName, to reader: Reader) async throws -> SkillVisibility {
    if let known = visibilities[name]?[reader.credential] { return known }
    return try await readVisibilities(of: [name], to: reader)[name] ?? .nobody
  }

  private func readVisibilities(
    of names: Set<SkillName>, to reader: Reader
  ) async throws -> [SkillName: SkillVisibility] {
    let epoch = visibilities.epoch
    let read = try await catalog.visibilities(of: names)
    for (name, visibility) in read {
      var known = visibilities[name] ?? [:]
      known[reader.credential] = visibility
      visibilities.insert(known, for: name, readAt: epoch)
    }
    return read
  }

  func manifest(of version: VersionRecord) async throws -> FileManifest {
    try await catalog.manifest(ofVersion: version.id)
  }

  /// Nil when the version has no file at that path.
  func file(_ path: SkillPath, of version: VersionRecord) async throws -> FileManifest.Entry? {
    try await catalog.file(path, ofVersion: version.id)
  }

  func fileList(of version: VersionRecord) async throws -> RenderedJSON {
    if let known = fileLists[version.id] { return known }
    let epoch = fileLists.epoch
    let manifest = try await manifest(of: version)
    let list = try RenderedJSON(FileList(version: version.version.description, manifest: manifest))
    fileLists.insert(list, for: version.id, readAt: epoch)
    return list
  }

  /// The skills of an author that the holder of a token may see.
  func skills(ofAuthor id: Int64, visibleTo reader: Reader) async throws -> [SkillHistory] {
    try await catalog.skills(ofAuthor: id).filter { history in
      SkillVisibility(history.skill).includes(reader, for: history.skill.name)
    }
  }

  func dependents(of skill: SkillRecord, visibleTo reader: Reader, limit: Int) async throws -> [FoundSkill] {
    try await catalog.dependents(of: skill, visibleTo: reader, limit: limit)
  }

  func releases(ofAuthor id: Int64, limit: Int) async throws -> [Release] {
    try await catalog.releases(ofAuthor: id, limit: limit)
  }

  func search(_ query: SearchQuery, in scope: SearchScope) async throws -> [FoundSkill] {
    try await catalog.search(query, in: scope)
  }

  func mostInstalled(limit: Int) async throws -> [FoundSkill] { try await catalog.mostInstalled(limit: limit) }

  /// Those of one author behind a slug, by slug.
  func skills(in scope: SearchScope, after slug: SkillSlug?) async throws -> [FoundSkill] {
    try await catalog.skills(in: scope, after: slug)
  }

  /// The version with exactly that content, or what publishing would be refused for as things are.
  func existingVersion(
    of name: SkillName, _ version: SemanticVersion, _ content: TreeDigest, for publisher: Accounts.Identity,
    at time: Date
  ) async throws -> VersionRecord? {
    try await catalog.existingVersion(of: name, version, content, for: publisher, at: time)
  }
}

// MARK: - Changing

extension CachedCatalog {
  /// Alone among the changes it can change who may know of the skill.
  ///
  /// What stays true of that is kept: to ask for it anew would make a private skill slower for a stranger than a missing
  /// one.
  func publish(_ new: NewVersion, by owner: Accounts.Identity, at time: Date) async throws -> PublishOutcome {
    do {
      let outcome = try await changing(new.name) { try await catalog.publish(new, by: owner, at: time) }
      let visibility = SkillVisibility(outcome.history.skill)
      visibilities.remove(new.name) { known in known.values.allSatisfy { $0 == visibility } }
      return outcome
    } catch {
      visibilities.remove(new.name)
      throw error
    }
  }

  /// - Parameter version: Nil for all.
  /// - Returns: How many versions that changed.
  func withdraw(_ skill: OwnedSkill, _ version: SemanticVersion?, at time: Date) async throws -> Int {
    try await changing(skill.name) {
      try await catalog.withdraw(skill.name, version: version, by: skill.owner, at: time)
    }
  }

  /// - Returns: Whether anything changed.
  func yank(_ skill: OwnedSkill, _ version: SemanticVersion, reason: Reason?, at time: Date) async throws -> Bool {
    try await changing(skill.name) {
      try await catalog.yank(skill.name, version: version, reason: reason, by: skill.owner, at: time)
    }
  }

  /// - Returns: Whether anything changed.
  func unyank(_ skill: OwnedSkill, _ version: SemanticVersion, at time: Date) async throws -> Bool {
    try await changing(skill.name) {
      try await catalog.unyank(skill.name, version: version, by: skill.owner, at: time)
    }
  }

  func recordZip(_ digest: Digest, of version: VersionRecord, in skill: SkillRecord) async throws {
    try await changing(skill.name) { try await catalog.recordZip(digest, ofVersion: version.id) }
  }

  /// Forgets the skill also when the change fails: whether it was made may then be unknown.
  private func changing<Value: Sendable>(
    _ name: SkillName, _ change: () async throws -> Value
  ) async throws -> Value {
    defer { forget(name) }
    return try await change()
  }
}
