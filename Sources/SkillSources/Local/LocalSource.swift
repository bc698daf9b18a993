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
    let search = try FolderSearch(root: root).skills()
    if search.isCutShort { found.refuse("", FolderSearch.cutShort) }
    for folder in search.found {
      found.add(at: folder) { () throws(MeshError) in try skill(in: folder, below: path) }
    }
    return found
  }

  private func skill(in folder: String, below root: FilePath) throws(MeshError) -> FoundSkill {
    let path = root.pushing(FilePath(folder))
    let location = SkillLocation(
      source: .path(folder.isEmpty ? text : Self.joined(text, folder)), path: folder,
      folderName: path.lastComponent?.string)
    let plan: PackPlan
    do {
      plan = try PackPlan(folder: path)
    } catch {
      throw error.meshError(of: location.label)
    }
    return try FoundSkill(plan, at: location)
  }

  private static func joined(_ text: String, _ folder: String) -> String {
    text.hasSuffix("/") ? text + folder : "\(text)/\(folder)"
  }
}
