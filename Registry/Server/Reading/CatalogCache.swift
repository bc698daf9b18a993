import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// A skill with its index document rendered once.
struct CatalogEntry: Sendable {
  var history: SkillHistory
  var index: ByteBuffer
  /// Strong: the digest of the document, quoted.
  var indexTag: String

  init(_ history: SkillHistory) throws {
    self.history = history
    let document = IndexDocument(
      name: history.skill.name, isPrivate: history.skill.isPrivate,
      versions: history.versions.map(IndexDocument.Version.init))
    let bytes = try WireCoding.encode(document)
    index = ByteBuffer(bytes: bytes)
    indexTag = "\"\(Digest(of: bytes).hexadecimal)\""
  }
}

/// What the catalog says of skills, kept until it changes.
struct CatalogCache: Sendable {
  private let catalog: Catalog
  private let entries = BoundedCache<SkillName, CatalogEntry>(limit: 64 << 20) { $0.index.readableBytes * 4 + 1_024 }

  init(catalog: Catalog) {
    self.catalog = catalog
  }

  /// A skill as it is now; nil when there is none of that name.
  func entry(for name: SkillName) async throws -> CatalogEntry? {
    if let entry = entries[name] { return entry }
    let epoch = entries.epoch
    guard let history = try await catalog.history(of: name) else { return nil }
    let entry = try CatalogEntry(history)
    entries.insert(entry, for: name, readAt: epoch)
    return entry
  }

  /// Many skills, with one look at the database at the most; without those that are not there.
  func entries(for names: Set<SkillName>) async throws -> [SkillName: CatalogEntry] {
    var found: [SkillName: CatalogEntry] = [:]
    for name in names { found[name] = entries[name] }
    let unknown = names.filter { found[$0] == nil }
    if unknown.isEmpty { return found }
    let epoch = entries.epoch
    for (name, history) in try await catalog.histories(of: Array(unknown)) {
      let entry = try CatalogEntry(history)
      entries.insert(entry, for: name, readAt: epoch)
      found[name] = entry
    }
    return found
  }

  /// To be called after every change of a skill.
  func forget(_ name: SkillName) {
    entries.remove(name)
  }

  /// To be called after changes that nobody here made.
  func forgetAll() {
    entries.removeAll()
  }
}
