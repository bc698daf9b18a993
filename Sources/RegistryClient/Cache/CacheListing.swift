import Foundation
import Skills

/// Everything that stands in the cache at one time.
struct CacheListing {
  /// A file of ours.
  struct Entry {
    var place: CachePlace
    /// Bytes.
    var size: Int
    /// When it was last used.
    var modified: Date

    /// Removes the file; that it, or its folder, has gone is no failure.
    func remove(from root: borrowing CacheFolder) throws(CacheFault) {
      do throws(CacheFault) {
        try root.descendant(place.folders).remove(place.name)
      } catch {
        guard case .absent = error else { throw error }
      }
    }
  }

  private(set) var entries: [Entry] = []
  /// Folders of ours, the innermost first.
  private(set) var folders: [[String]] = []
  /// Paths of what somebody else has put there.
  private(set) var foreign: [String] = []

  init(of root: borrowing CacheFolder) throws(CacheFault) {
    try add(root, [])
    entries.sort { $0.place.path < $1.place.path }
    foreign.sort()
  }

  /// The files that were begun before a time and never finished, and the archives and index documents.
  func unfinished(before time: Date) -> (abandoned: [Entry], kept: [Entry]) {
    var (abandoned, kept) = ([Entry](), [Entry]())
    for entry in entries {
      switch entry.place.content {
      case .unfinished: if entry.modified < time { abandoned.append(entry) }
      case .usage: continue
      case .archive, .index: kept.append(entry)
      }
    }
    return (abandoned, kept)
  }

  /// Archives and then index documents, each the least recently used first.
  func removalOrder() -> [Entry] {
    let archives = entries.filter { if case .archive = $0.place.content { true } else { false } }
    let indexes = entries.filter { if case .index = $0.place.content { true } else { false } }
    return archives.sorted { $0.modified < $1.modified } + indexes.sorted { $0.modified < $1.modified }
  }

  private mutating func add(_ folder: borrowing CacheFolder, _ path: [String]) throws(CacheFault) {
    for name in try folder.names() {
      guard let status = try folder.status(of: name) else { continue }
      if status.kind == .folder, CachePlace.isFolder(path + [name]) {
        try addFolder(name, of: folder, path)
      } else if status.kind != .folder, let place = CachePlace(folders: path, name: name) {
        entries.append(Entry(place: place, size: status.size, modified: status.modified))
      } else {
        foreign.append((path + [name]).joined(separator: "/"))
      }
    }
  }

  private mutating func addFolder(
    _ name: String, of folder: borrowing CacheFolder, _ path: [String]
  ) throws(CacheFault) {
    do throws(CacheFault) {
      try add(folder.child(name), path + [name])
      folders.append(path + [name])
    } catch {
      // Another process has removed it meanwhile.
      guard case .absent = error else { throw error }
    }
  }
}
