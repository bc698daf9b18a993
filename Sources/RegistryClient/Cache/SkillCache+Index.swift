import RegistryAPI
import Skills

extension SkillCache {
  /// The most names that `knownNames()` looks at.
  package static let mostNames = 10_000

  /// The document of a skill as it was last seen; nil when it was not, or when the copy is damaged.
  package func index(of name: SkillName, on shelf: IndexShelf) -> CachedIndex? {
    reading(.index(name, on: shelf)) { (file) throws(CacheFault) in
      guard let record = IndexRecord.decode(try file.bytes(limit: IndexRecord.limit), of: name) else { return nil }
      return CachedIndex(document: record.document, etag: record.etag, storedAt: file.modified)
    }
  }

  /// As `index(of:on:)`, for what everybody may see unless a token is given.
  package func index(of name: SkillName, at address: RegistryAddress, token: String? = nil) -> CachedIndex? {
    index(of: name, on: IndexShelf(address, token: token))
  }

  /// Keeps a document, as far as that is possible.
  package func store(_ document: IndexDocument, etag: String?, on shelf: IndexShelf) {
    guard let (name, bytes) = IndexRecord.encode(document, etag: etag), bytes.count <= limit else { return }
    let place = CachePlace.index(name, on: shelf)
    storing(place, size: bytes.count) { (folder) throws(CacheFault) in try folder.write(bytes, to: place.name) }
  }

  /// Notes that the registry has just said that the copy is still good.
  func confirm(_ name: SkillName, on shelf: IndexShelf) {
    _ = reading(.index(name, on: shelf)) { (file) throws(CacheFault) in file.touch() }
  }

  /// The skills of which there is a document, of all registries, in order; at most `mostNames`.
  ///
  /// Only names are looked at: this is for completions.
  package func knownNames() -> [SkillName] {
    var names: Set<SkillName> = []
    do throws(CacheFault) {
      let indexes = try CacheFolder.open(folder).child(CachePlace.indexes)
      for shelf in try indexes.names(limit: Self.mostNames) where CachePlace.isFolder([CachePlace.indexes, shelf]) {
        let files = try indexes.child(shelf).names(limit: Self.mostNames)
        for file in files {
          guard names.count < Self.mostNames else { return names.sorted() }
          let place = CachePlace(folders: [CachePlace.indexes, shelf], name: file)
          if case .index(let name)? = place?.content { names.insert(name) }
        }
      }
    } catch {
      // What cannot be read has no names to offer; those found so far are good.
      return names.sorted()
    }
    return names.sorted()
  }
}
