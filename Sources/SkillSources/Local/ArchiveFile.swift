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
      throw error.meshError(of: SkillLocation(source: source).label)
    }
    if Self.isSkill(contents) { return found([("", contents)], wrapper: nil) }
    let inner = contents.unwrapped
    if Self.isSkill(inner) { return found([("", inner)], wrapper: inner.wrapper) }
    let folders = SkillFolders.find(in: inner.files.map(\.path.string))
    let known = Set(folders)
    let groups = inner.grouped { SkillFolders.owner(of: $0, among: known) }
    var all = found(folders.compactMap { folder in groups[folder].map { (folder, $0) } }, wrapper: inner.wrapper)
    let links = inner.others.filter { $0.kind == .link }.map(\.path)
    for folder in SkillFolders.linked(in: links, beside: folders) { all.refuse(folder, SkillFolders.linkedMainFile) }
    return all
  }

  private static func isSkill(_ contents: ForeignArchive.Contents) -> Bool {
    contents.files.contains { SkillSelection.isMainFile($0.path.string) }
  }

  private func found(
    _ skills: [(folder: String, contents: ForeignArchive.Contents)], wrapper: String?
  ) -> FoundSkills {
    var found = FoundSkills()
    if skills.count == SkillFolders.maximumFolders { found.refuse("", FolderSearch.cutShort) }
    for (folder, contents) in skills {
      let folderName = folder.split(separator: "/").last.map(String.init) ?? wrapper ?? name
      found.add(at: folder) { () throws(MeshError) in
        let location = SkillLocation(source: source, path: folder, folderName: folderName)
        var skill = try FoundSkill(skillContents(contents, at: location), at: location)
        if skills.count > 1 { skill.location.source = source.naming(skill.suggestedFolder) }
        return skill
      }
    }
    return found
  }

  private func skillContents(
    _ contents: ForeignArchive.Contents, at location: SkillLocation
  ) throws(MeshError) -> SkillContents {
    do {
      return try SkillContents(contents.files, others: contents.others)
    } catch {
      throw error.meshError(of: location.label)
    }
  }
}
