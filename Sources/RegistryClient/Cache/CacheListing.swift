import FileSystem
import FoundationSubset
import Skills

/// Everything that stands in the cache at one time.
struct CacheListing {
  /// A file of ours.
  struct Entry {
    var path: CachePath
    /// Bytes.
    var size: Int
    /// When it was last used.
    var modified: Date

    /// Removes the file; that it, or its folder, has gone is no failure.
    func remove(from root: CacheDirectory) throws(FileError) {
      do throws(FileError) {
        try root.descendant(path.folders).removeFile(path.name)
      } catch {
        guard error.isAbsent else { throw error }
      }
    }
  }

  private(set) var entries: [Entry] = []
  /// Folders of ours, the innermost first.
  private(set) var folders: [[String]] = []
  /// Paths of what somebody else has put there.
  private(set) var foreign: [String] = []

  init(of root: CacheDirectory) throws(FileError) {
    try add(root, [])
    entries.sort { $0.path.text < $1.path.text }
    foreign.sort()
  }

  /// The files that were begun before a time and never finished, and the archives and index documents.
  func unfinished(before time: Date) -> (abandoned: [Entry], kept: [Entry]) {
    var (abandoned, kept) = ([Entry](), [Entry]())
    for entry in entries {
      switch entry.path.content {
      case .unfinished: if entry.modified < time { abandoned.append(entry) }
      case .usage: continue
      case .archive, .index: kept.append(entry)
      }
    }
    return (abandoned, kept)
  }

  /// Archives and then index documents, each the least recently used first.
  func removalOrder() -> [Entry] {
    let archives = entries.filter { if case .archive = $0.path.content { true } else { false } }
    let indexes = entries.filter { if case .index = $0.path.content { true } else { false } }
    return archives.sorted { $0.modified < $1.modified } + indexes.sorted { $0.modified < $1.modified }
  }

  private mutating func add(_ folder: CacheDirectory, _ path: [String]) throws(FileError) {
    for raw in try folder.rawNames() {
      guard let status = try folder.statusIfPresent(of: raw) else { continue }
      let name = raw.text
      if status.kind == .directory, CachePath.isFolder(path + [name]) {
        try addFolder(name, of: folder, path)
      } else if status.kind != .directory, let file = CachePath(folders: path, name: name) {
        entries.append(Entry(path: file, size: status.size, modified: status.modified.date))
      } else {
        foreign.append((path + [name]).joined(separator: "/"))
      }
    }
  }

  private mutating func addFolder(
    _ name: String, of folder: CacheDirectory, _ path: [String]
  ) throws(FileError) {
    do throws(FileError) {
      try add(folder.descendant([name]), path + [name])
      folders.append(path + [name])
    } catch {
      // Another process has removed it meanwhile.
      guard error.isAbsent else { throw error }
    }
  }
}
