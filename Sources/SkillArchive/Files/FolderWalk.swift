/// Goes through a folder and everything below it, sorted by name, through descriptors and never through a link.
enum FolderWalk {
  /// Folders at this depth, which no path of a skill can reach, are visited and not entered.
  static let maximumDepth = 24

  /// - Parameter visit: told of everything but the folder itself; the answer says whether to enter a folder.
  static func walk<Failure: Error>(
    _ folder: borrowing OpenFolder, fault: (FileFault) -> Failure, visit: (FolderItem) throws(Failure) -> Bool
  ) throws(Failure) {
    try walk(folder, prefix: [], depth: 1, fault: fault, visit: visit)
  }

  private static func walk<Failure: Error>(
    _ folder: borrowing OpenFolder, prefix: [UInt8], depth: Int,
    fault: (FileFault) -> Failure, visit: (FolderItem) throws(Failure) -> Bool
  ) throws(Failure) {
    for name in try names(in: folder, fault) {
      let item = FolderItem(path: prefix + name, status: try status(of: name, in: folder, fault))
      guard try visit(item), item.status.kind == .folder, depth < maximumDepth else { continue }
      let inner = try open(name, in: folder, fault)
      try walk(inner, prefix: item.path + [UInt8(ascii: "/")], depth: depth + 1, fault: fault, visit: visit)
    }
  }

  private static func names<Failure: Error>(
    in folder: borrowing OpenFolder, _ fault: (FileFault) -> Failure
  ) throws(Failure) -> [[UInt8]] {
    do throws(FileFault) { return try folder.names() } catch { throw fault(error) }
  }

  private static func status<Failure: Error>(
    of name: [UInt8], in folder: borrowing OpenFolder, _ fault: (FileFault) -> Failure
  ) throws(Failure) -> FileStatus {
    do throws(FileFault) { return try folder.status(of: name) } catch { throw fault(error) }
  }

  private static func open<Failure: Error>(
    _ name: [UInt8], in folder: borrowing OpenFolder, _ fault: (FileFault) -> Failure
  ) throws(Failure) -> OpenFolder {
    do throws(FileFault) { return try folder.folder(name) } catch { throw fault(error) }
  }
}
