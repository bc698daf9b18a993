import RegistryAPI
import Skills

extension SkillCache {
  /// An archive that was fetched before, hashed now: in memory when it is small, else as the file in the cache.
  ///
  /// - Returns: Nil when there is none, when it has another size, or when it is damaged; what does not have its digest
  ///   is removed.
  /// - Throws: `cancelled` when the task was cancelled while a large one was hashed.
  package func archive(_ digest: Digest, size: Int) throws(MeshError) -> FetchedArchive? {
    let place = CachePlace.archive(digest)
    var isCancelled = false
    let found: FetchedArchive?? = reading(place) { (file) throws(CacheFault) in
      guard file.size == size else {
        // What was promised may be wrong, and the archive good for whoever knows better.
        let actual = try file.digest()
        isCancelled = actual == nil
        return isCancelled || actual == digest ? .some(nil) : nil
      }
      if size <= RegistryClient.smallArchive {
        let bytes = try file.bytes(limit: size)
        guard Digest(of: bytes) == digest else { return nil }
        file.touch()
        return .bytes(bytes)
      }
      let actual = try file.digest()
      isCancelled = actual == nil
      guard isCancelled || actual == digest else { return nil }
      file.touch()
      return .file(folder + "/" + place.path)
    }
    if isCancelled { throw MeshError(.cancelled, "cancelled") }
    return found ?? nil
  }

  /// Keeps an archive, as far as that is possible.
  package func store(_ bytes: [UInt8], as digest: Digest) {
    guard bytes.count <= limit else { return }
    let place = CachePlace.archive(digest)
    storing(place, size: bytes.count) { (folder) throws(CacheFault) in try folder.write(bytes, to: place.name) }
  }

  /// Keeps an archive that is in a file, as far as that is possible; the file stays where it is.
  package func adopt(file path: String, as digest: Digest) {
    let place = CachePlace.archive(digest)
    do throws(CacheFault) {
      let source = try CacheFile.open(path)
      guard source.size <= limit else { return }
      storing(place, size: source.size) { (folder) throws(CacheFault) in
        try folder.adopt(source, at: path, as: place.name)
      }
    } catch {
      // Whoever owns the file will notice; there is nothing to keep.
      return
    }
  }
}
