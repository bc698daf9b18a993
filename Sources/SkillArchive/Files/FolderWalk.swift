import FileSystem

/// Goes through a folder and everything below it, sorted by name, through descriptors and never through a link.
enum FolderWalk {
  /// Folders at this depth, which no path of a skill can reach, are visited and not entered.
  static let maximumDepth = 24

  /// - Parameter visit: called for everything but the folder itself; returns whether to enter a folder.
  static func walk<Failure>(
    _ folder: Directory<Failure>, visit: (FolderItem) throws(Failure) -> Bool
  ) throws(Failure) {
    try walk(folder, prefix: [], depth: 1, visit: visit)
  }

  private static func walk<Failure>(
    _ folder: Directory<Failure>, prefix: [UInt8], depth: Int, visit: (FolderItem) throws(Failure) -> Bool
  ) throws(Failure) {
    for name in try folder.rawNames() {
      let item = FolderItem(path: prefix + name, status: try folder.status(of: name))
      guard try visit(item), item.status.kind == .directory, depth < maximumDepth else { continue }
      try walk(folder.child(name), prefix: item.path + [UInt8(ascii: "/")], depth: depth + 1, visit: visit)
    }
  }
}
