import FileSystem
import SkillArchive
import Skills
import SystemPackage

/// Looks for skills below a folder, level by level, never through a link.
struct FolderSearch {
  var root: Directory<MeshError>

  static var cutShort: MeshError {
    MeshError(
      .payloadTooLarge, "only the first \(SkillFolders.maximumFolders) folders were searched",
      hint: "Name a folder further down.")
  }

  /// Paths of the folders below the root that hold a SKILL.md, the root being the empty text; of those where it is a
  /// link; and whether there are more folders than are searched.
  func skills() throws(MeshError) -> (found: [String], linked: [String], isCutShort: Bool) {
    var (found, linked): ([String], [String]) = ([], [])
    var level = [""]
    var visited = 0
    while !level.isEmpty {
      var next: [String] = []
      for folder in level {
        visited += 1
        guard visited <= SkillFolders.maximumFolders else { return (found.sorted(), linked.sorted(), true) }
        let content = try content(of: folder)
        if content.hasMainFile {
          found.append(folder)
        } else {
          if content.hasLinkedMainFile { linked.append(folder) }
          next += content.folders
        }
      }
      level = next
    }
    return (found.sorted(), linked.sorted(), false)
  }

  func open(_ path: String) throws(MeshError) -> Directory<MeshError> {
    var folder = root
    for component in FilePath(path).components { folder = try folder.child(component.string) }
    return folder
  }

  private struct Content {
    var hasMainFile = false
    var hasLinkedMainFile = false
    var folders: [String] = []
  }

  private func content(of path: String) throws(MeshError) -> Content {
    var content = Content()
    let folder = try open(path)
    for name in try folder.names() {
      let inner = path.isEmpty ? name : "\(path)/\(name)"
      // Nothing where it has gone meanwhile.
      switch try folder.statusIfPresent(of: name)?.kind {
      case .file where SkillFolders.isMainFile(name): content.hasMainFile = true
      case .link where SkillFolders.isMainFile(name): content.hasLinkedMainFile = true
      case .directory where SkillFolders.isSearched(inner.split(separator: "/")): content.folders.append(inner)
      default: break
      }
    }
    return content
  }
}
