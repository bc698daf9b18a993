import Skills

/// How a skill folder compares with what we recorded in it.
enum FolderState: Equatable, Sendable {
  /// We did not make it.
  case unmarked
  case intact
  /// Paths that were changed, added or removed since, sorted; that of the record alone when it contradicts itself.
  case edited([String])
}

/// A folder as it stands where a skill belongs.
struct SkillFolder: Sendable {
  /// Nil when we did not make it.
  let mark: OwnershipMark?
  let state: FolderState
  /// Of the files as they are now; nil when we did not make the folder, or when something is in it that no skill holds.
  ///
  /// By it a lock tells what no record in the folder can: a cloned project brings files and record both.
  let tree: TreeDigest?

  init(_ folder: Directory, named slug: SkillSlug, knowing known: Set<String> = []) throws(MeshError) {
    mark = try OwnershipMark.read(in: folder, of: slug, knowing: known)
    guard let mark else {
      (state, tree) = (.unmarked, nil)
      return
    }
    let contents = try InstalledContents(folder)
    tree = contents.strangers.isEmpty ? contents.manifest.treeDigest : nil
    let differences = Self.differences(contents, mark)
    if differences.isEmpty {
      state = tree == mark.treeDigest ? .intact : .edited([OwnershipMark.fileName])
    } else {
      state = .edited(differences)
    }
  }

  private static func differences(_ contents: InstalledContents, _ mark: OwnershipMark) -> [String] {
    var changed = Set(contents.strangers)
    let recorded = Dictionary(mark.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let present = Dictionary(
      contents.manifest.entries.map { ($0.path.string, $0) }, uniquingKeysWith: { first, _ in first })
    for (path, file) in recorded {
      guard let entry = present[path] else {
        changed.insert(path)
        continue
      }
      if entry.digest != file.digest || entry.isExecutable != file.executable { changed.insert(path) }
    }
    changed.formUnion(present.keys.filter { recorded[$0] == nil })
    return changed.sorted()
  }
}
