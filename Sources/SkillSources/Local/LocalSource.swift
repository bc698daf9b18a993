import FileSystem
import SkillArchive
import Skills
import SystemPackage

/// A folder or an archive on this disk.
struct LocalSource: Sendable {
  /// As `skills.json` has it, without the name of a skill: absolute, or relative to the project.
  var text: String
  /// Absolute.
  var project: FilePath

  func read() throws(MeshError) -> FoundSkills {
    let path = project.pushing(FilePath(text)).lexicallyNormalized()
    guard let root = try Directory<MeshError>.openIfPresent(path) else {
      guard FileStatus(at: path) != nil else { throw MeshError(.notFound, "there is nothing at '\(path.string)'") }
      return try ArchiveFile(path: path, source: .path(text), name: ArchiveFile.stem(of: text)).read()
    }
    var found = FoundSkills()
    let search = FolderSearch(root: root)
    let (folders, linked, isCutShort) = try search.skills()
    if isCutShort { found.refuse("", FolderSearch.cutShort) }
    for path in linked { found.refuse(path, SkillFolders.linkedMainFile) }
    for path in folders {
      found.add(at: path) { () throws(MeshError) in try skill(in: search.open(path), at: path) }
    }
    return found
  }

  private func skill(in folder: Directory<MeshError>, at path: String) throws(MeshError) -> FoundSkill {
    let location = SkillLocation(
      source: .path(path.isEmpty ? text : Self.joined(text, path)), path: path,
      folderName: folder.path.lastComponent?.string)
    let plan: PackPlan
    do {
      plan = try PackPlan(folder: folder)
    } catch {
      throw error.meshError(of: location.label)
    }
    return try FoundSkill(plan, at: location)
  }

  private static func joined(_ text: String, _ folder: String) -> String {
    text.hasSuffix("/") ? text + folder : "\(text)/\(folder)"
  }
}
