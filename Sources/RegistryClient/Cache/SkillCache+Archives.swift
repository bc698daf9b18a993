import FileSystem
import RegistryAPI
import Skills
import SystemPackage

extension SkillCache {
  /// An archive that was fetched before, hashed now: in memory when it is small, else as the file in the cache.
  ///
  /// - Returns: Nil when there is none, when it has another size, or when it is damaged; what does not have its digest
  ///   is removed.
  /// - Throws: `cancelled` when the task was cancelled while a large one was hashed.
  package func archive(_ digest: Digest, size: Int) throws(MeshError) -> FetchedArchive? {
    let path = CachePath.archive(digest)
    var isCancelled = false
    let found: FetchedArchive?? = reading(path) { (file) throws(FileError) in
      let hasSize = try file.status().size == size
      if hasSize, size <= FetchedArchive.smallSize {
        guard let bytes = try file.bytes(limit: size), Digest(of: bytes) == digest else { return nil }
        file.touch()
        return .bytes(bytes)
      }
      let actual = try file.digest()
      isCancelled = actual == nil
      guard isCancelled || actual == digest else { return nil }
      // What was promised may be wrong, and the archive good for whoever knows better.
      guard hasSize else { return .some(nil) }
      file.touch()
      return .file(folder + "/" + path.text)
    }
    if isCancelled { throw MeshError(.cancelled, "cancelled") }
    return found ?? nil
  }

  /// Keeps an archive, as far as that is possible.
  package func store(_ bytes: [UInt8], as digest: Digest) {
    guard bytes.count <= limit else { return }
    let path = CachePath.archive(digest)
    storing(path, size: bytes.count) { (folder) throws(FileError) in try folder.replaceCached(path.name, with: bytes) }
  }

  /// Keeps an archive that is in a file, as far as that is possible; the file stays where it is.
  package func adopt(file source: String, as digest: Digest) {
    let path = CachePath.archive(digest)
    do throws(FileError) {
      let file = try OpenFile<FileError>.open(FilePath(source), followsLink: false)
      let size = try file.status().size
      guard size <= limit else { return }
      storing(path, size: size) { (folder) throws(FileError) in try folder.adopt(file, as: path.name) }
    } catch {
      // Whoever owns the file will notice; there is nothing to keep.
      return
    }
  }
}
