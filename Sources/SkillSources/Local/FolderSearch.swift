import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// Looks for skills below a folder, level by level, never through a link.
struct FolderSearch {
  var root: FilePath

  static var cutShort: MeshError {
    MeshError(
      .payloadTooLarge, "only the first \(SkillFolders.maximumFolders) folders were searched",
      hint: "Name a folder further down.")
  }

  /// Paths of the folders below the root that hold a SKILL.md, the root being the empty text; and whether there are
  /// more folders than are searched.
  func skills() throws(MeshError) -> (found: [String], isCutShort: Bool) {
    var found: [String] = []
    var level = [""]
    var visited = 0
    while !level.isEmpty {
      var next: [String] = []
      for folder in level {
        visited += 1
        guard visited <= SkillFolders.maximumFolders else { return (found.sorted(), true) }
        let content = try content(of: folder)
        if content.hasMainFile {
          found.append(folder)
        } else {
          next += content.folders
        }
      }
      level = next
    }
    return (found.sorted(), false)
  }

  private func content(of folder: String) throws(MeshError) -> (hasMainFile: Bool, folders: [String]) {
    let path = root.pushing(FilePath(folder))
    let names: [String]
    do throws(FileError) {
      names = try Directory<FileError>.open(path).names().sorted()
    } catch {
      throw MeshError(.fileError, "\(error)")
    }
    var content: (hasMainFile: Bool, folders: [String]) = (false, [])
    for name in names {
      let inner = folder.isEmpty ? name : "\(folder)/\(name)"
      switch type(of: path.appending(name)) {
      case .typeRegular where SkillFolders.isMainFile(name): content.hasMainFile = true
      case .typeDirectory where SkillFolders.isSearched(inner.split(separator: "/")): content.folders.append(inner)
      default: break
      }
    }
    return content
  }

  /// Of the thing itself, so that a link is a link; nil for what has gone meanwhile.
  private func type(of path: FilePath) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
    return attributes?[.type] as? FileAttributeType
  }
}
