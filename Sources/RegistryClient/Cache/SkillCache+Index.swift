import FileSystem
import RegistryAPI
import Skills

extension SkillCache {
  /// The most names that `knownNames()` looks at.
  package static let mostNames = 10_000

  /// The document of a skill as it was last seen; nil when it was not, or when the copy is damaged.
  package func index(of name: SkillName, in scope: IndexScope) -> CachedIndex? {
    reading(.index(name, in: scope)) { (file) throws(FileError) in
      try file.bytes(limit: IndexRecord.limit).flatMap { IndexRecord.decode($0, of: name) }
    }
  }

  /// Keeps a document, as far as that is possible.
  package func store(_ document: IndexDocument, etag: String?, in scope: IndexScope) {
    guard let (name, bytes) = IndexRecord.encode(document, etag: etag), bytes.count <= limit else { return }
    let path = CachePath.index(name, in: scope)
    storing(path, size: bytes.count) { (folder) throws(FileError) in try folder.replaceCached(path.name, with: bytes) }
  }

  /// Notes that the registry has just said that the copy is still good.
  func confirm(_ name: SkillName, in scope: IndexScope) {
    _ = reading(.index(name, in: scope)) { (file) throws(FileError) in file.touch() }
  }

  /// The skills of which there is a document, of all registries, in order; at most `mostNames`.
  ///
  /// Only names are looked at: this is for completions.
  package func knownNames() -> [SkillName] {
    var names: Set<SkillName> = []
    do throws(FileError) {
      let indexes = try CacheDirectory.openCache(folder).descendant([CachePath.indexes])
      for scope in try indexes.rawNames(limit: Self.mostNames).map(\.text)
      where CachePath.isFolder([CachePath.indexes, scope]) {
        let files = try indexes.descendant([scope]).rawNames(limit: Self.mostNames)
        for file in files.map(\.text) {
          guard names.count < Self.mostNames else { return names.sorted() }
          let path = CachePath(folders: [CachePath.indexes, scope], name: file)
          if case .index(let name)? = path?.content { names.insert(name) }
        }
      }
    } catch {
      // What cannot be read has no names to offer; those found so far are good.
      return names.sorted()
    }
    return names.sorted()
  }
}
