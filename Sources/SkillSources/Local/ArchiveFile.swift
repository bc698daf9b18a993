import SkillArchive
import Skills
import SystemPackage

/// An archive on this disk, of whatever program's making.
struct ArchiveFile: Sendable {
  var path: FilePath
  var source: SkillSource
  /// What the archive is called, without its ending.
  var name: String

  /// The last component of a path or an address without its ending, its query and its fragment.
  static func stem(of text: String) -> String {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let last = String(path.split(separator: "/").last ?? "")
    let ending = SkillSource.archiveEndings.first { last.lowercased().hasSuffix($0) } ?? ""
    return String(last.dropLast(ending.count))
  }

  func read() throws(MeshError) -> FoundSkills {
    let contents: ForeignArchive.Contents
    do {
      contents = try ForeignArchive.contents(of: .file(path), limits: ForeignArchive.repositoryLimits)
    } catch {
      throw MeshError(error, of: SkillLocation(source: source).label)
    }
    if let skill = Self.skill(contents) { return found([("", skill)], wrapper: nil) }
    let inner = contents.unwrapped
    if let skill = Self.skill(inner) { return found([("", skill)], wrapper: inner.wrapper) }
    let folders = SkillFolders.find(in: inner.files.map(\.path.string))
    let skills = folders.map { folder in
      let contents = inner.below(folder)
      return (folder, SkillContents(contents.files, others: contents.others))
    }
    return found(skills, wrapper: inner.wrapper)
  }

  /// The skill at the root; nil when there is none.
  private static func skill(_ contents: ForeignArchive.Contents) -> SkillContents? {
    guard contents.files.contains(where: { SkillSelection.isMainFile($0.path.string) }) else { return nil }
    return SkillContents(contents.files, others: contents.others)
  }

  private func found(_ skills: [(folder: String, contents: SkillContents)], wrapper: String?) -> FoundSkills {
    var found = FoundSkills()
    if skills.count == SkillFolders.maximumFolders { found.refuse("", FolderSearch.cutShort) }
    for (folder, contents) in skills {
      let folderName = folder.split(separator: "/").last.map(String.init) ?? wrapper ?? name
      found.add(at: folder) { () throws(MeshError) in
        let location = SkillLocation(source: source, path: folder, folderName: folderName)
        var skill = try FoundSkill(contents, at: location)
        if skills.count > 1 { skill.location.source = source.naming(skill.suggestedFolder) }
        return skill
      }
    }
    return found
  }
}
