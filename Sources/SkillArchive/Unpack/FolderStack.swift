import FileSystem
import Skills

/// The folders from the root of an unpacked tree down to the current file, made where they are missing.
struct FolderStack {
  private let root: Directory<ArchiveError>
  /// Every folder below the root that was made here; only these may exist already when one is needed.
  private var made: Set<String> = []
  private var current: Directory<ArchiveError>
  private var currentPath = ""

  init(_ root: Directory<ArchiveError>) {
    self.root = root
    current = root
  }

  mutating func createFile(_ path: SkillPath, mode: PermissionBits) throws(ArchiveError) -> OpenFile<ArchiveError> {
    let components = path.components
    let folder = components.dropLast().joined(separator: "/")
    if folder != currentPath {
      current = try enter(components.dropLast())
      currentPath = folder
    }
    return try current.create(components.last.map(String.init) ?? "", mode: mode)
  }

  private mutating func enter(_ names: ArraySlice<Substring>) throws(ArchiveError) -> Directory<ArchiveError> {
    var (folder, path) = (root, "")
    for name in names.map(String.init) {
      path += path.isEmpty ? name : "/" + name
      folder = made.insert(path).inserted ? try folder.newChild(name) : try folder.child(name)
    }
    return folder
  }
}
