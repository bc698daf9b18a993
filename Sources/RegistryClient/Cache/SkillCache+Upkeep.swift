import FileSystem
import Skills

extension SkillCache {
  /// What there is.
  ///
  /// - Throws: `fileError` when the folder cannot be read, or when others may write to it.
  package func info() throws(MeshError) -> CacheInfo {
    try lookingAfter { (root) throws(FileError) in CacheInfo(self, try CacheListing(of: root)) } ?? CacheInfo(self)
  }

  /// Removes everything that is ours and nothing else, and says what it was.
  ///
  /// - Throws: `fileError` when the folder cannot be read or written, or when others may write to it.
  package func clean() throws(MeshError) -> CacheInfo {
    let found = try lookingAfter { (root) throws(FileError) in
      let listing = try CacheListing(of: root)
      for entry in listing.entries { try entry.remove(from: root) }
      for folder in listing.folders {
        guard let name = folder.last else { continue }
        try root.descendant(Array(folder.dropLast())).removeIfEmpty(name)
      }
      return CacheInfo(self, listing)
    }
    return found ?? CacheInfo(self)
  }

  /// Looks at each file, and removes and lists the damaged ones.
  ///
  /// - Throws: `fileError` when the folder cannot be read or written, or when others may write to it; `cancelled`.
  package func verify() throws(MeshError) -> CacheReport {
    var report = CacheReport(folder: folder)
    var isCancelled = false
    _ = try lookingAfter { (root) throws(FileError) in
      let listing = try CacheListing(of: root)
      report.foreign = listing.foreign
      for entry in listing.entries {
        switch try entry.check(in: root) {
        case .archive: report.archives += 1
        case .index: report.indexDocuments += 1
        case .nothing: continue
        case .damaged:
          try entry.remove(from: root)
          report.damaged.append(entry.path.text)
        case .cancelled:
          isCancelled = true
          return
        }
      }
    }
    if isCancelled { throw MeshError(.cancelled, "cancelled") }
    return report
  }

  /// Nil when there is no cache yet.
  private func lookingAfter<Value>(
    _ body: (CacheDirectory) throws(FileError) -> Value
  ) throws(MeshError) -> Value? {
    let root: CacheDirectory
    do throws(FileError) {
      root = try CacheDirectory.openCache(folder)
    } catch {
      if error.isAbsent { return nil }
      throw MeshError(cache: error)
    }
    do throws(FileError) {
      return try body(root)
    } catch {
      throw MeshError(cache: error)
    }
  }
}

extension CacheListing.Entry {
  fileprivate enum Verdict { case archive, index, nothing, damaged, cancelled }

  fileprivate func check(in root: CacheDirectory) throws(FileError) -> Verdict {
    do throws(FileError) {
      switch path.content {
      case .archive(let promised):
        guard let digest = try file(in: root).digest() else { return .cancelled }
        return digest == promised ? .archive : .damaged
      case .index(let name):
        let bytes = try file(in: root).bytes(limit: IndexRecord.limit)
        return bytes.flatMap { IndexRecord.decode($0, of: name) } == nil ? .damaged : .index
      case .unfinished, .usage: return .nothing
      }
    } catch {
      if error.isAbsent { return .nothing }
      if error.isNoRegularFile { return .damaged }
      throw error
    }
  }

  private func file(in root: CacheDirectory) throws(FileError) -> OpenFile<FileError> {
    try root.descendant(path.folders).file(path.name)
  }
}
