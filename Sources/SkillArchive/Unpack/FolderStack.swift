import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folders from the root of an unpacked tree down to the current file, made where they are missing.
struct FolderStack: ~Copyable {
  private let root: OpenFolder
  private let isDurable: Bool
  /// Every folder below the root that was made here; only these may exist already when one is needed.
  private var made: Set<String> = []
  private var current: OpenFolder?
  private var currentPath = ""

  init(_ root: consuming OpenFolder, durably: Bool) {
    self.root = root
    isDurable = durably
  }

  mutating func createFile(_ path: SkillPath, mode: mode_t) throws(FileFault) -> OpenFile {
    let components = path.components
    let folder = components.dropLast()
    let name = Array((components.last ?? "").utf8)
    if folder.isEmpty { return try root.createFile(name, mode: mode) }
    let folderPath = folder.joined(separator: "/")
    if current == nil || folderPath != currentPath {
      current = try Self.enter(folder[...], prefix: "", from: root, &made)
      currentPath = folderPath
    }
    guard let file = try current?.createFile(name, mode: mode) else { return try root.createFile(name, mode: mode) }
    return file
  }

  /// Syncs every folder, if asked for, so that the names in them last.
  func finish() throws(FileFault) {
    guard isDurable else { return }
    for path in made.sorted() {
      try sync(path.split(separator: "/")[...], from: root)
    }
    try root.sync()
  }

  private static func enter(
    _ names: ArraySlice<Substring>, prefix: String, from folder: borrowing OpenFolder, _ made: inout Set<String>
  ) throws(FileFault) -> OpenFolder {
    let name = names.first ?? ""
    let path = prefix + name
    let next =
      made.insert(path).inserted
      ? try folder.createFolder(Array(name.utf8)) : try folder.folder(Array(name.utf8))
    return names.count <= 1 ? next : try enter(names.dropFirst(), prefix: path + "/", from: next, &made)
  }

  private func sync(_ names: ArraySlice<Substring>, from folder: borrowing OpenFolder) throws(FileFault) {
    let next = try folder.folder(Array((names.first ?? "").utf8))
    if names.count <= 1 { try next.sync() } else { try sync(names.dropFirst(), from: next) }
  }
}
