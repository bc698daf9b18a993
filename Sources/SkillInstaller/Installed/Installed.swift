import Skills
import SystemPackage

/// A folder in the skills folder of a project.
package struct InstalledSkill: Sendable {
  package var slug: String
  /// As its SKILL.md has it.
  package var name: String?
  package var version: String?
  package var description: String?
  /// Nil for a folder that we did not make.
  package var mark: OwnershipMark?
}

extension SkillInstaller {
  /// Every skill in the shared folder of a project, ours or not, by name of its folder.
  ///
  /// Takes no lock, changes nothing.
  package static func installed(in targets: InstallTargets) throws(MeshError) -> [InstalledSkill] {
    guard let root = try Directory.openIfPresent(targets.sharedFolder) else { return [] }
    var found: [InstalledSkill] = []
    for name in try root.names() where !name.hasPrefix(".") {
      if let skill = look(at: name, in: root, knowing: targets.knownFolders) { found.append(skill) }
    }
    return found
  }

  /// Nil for what is no skill, or cannot be read: one odd folder does not hide the others.
  private static func look(
    at name: String, in root: Directory, knowing known: Set<String>
  ) -> InstalledSkill? {
    guard let kind = try? root.kind(of: name), let folder = try? follow(kind, name, in: root) else { return nil }
    let slug = try? SkillSlug(parsing: name)
    // What lies behind a link of the user's own is not ours, whatever it says.
    let mark = kind == .directory ? slug.flatMap { try? OwnershipMark.read(in: folder, of: $0, knowing: known) } : nil
    let main = try? folder.read(mainFile, limit: SkillDocument.maximumBytes)
    guard mark != nil || folder.identity(of: mainFile) != nil else { return nil }
    let document = main.flatMap { try? SkillDocument(reading: $0) }
    return InstalledSkill(
      slug: name, name: document?.name, version: mark?.version ?? document?.version,
      description: document?.description, mark: mark)
  }

  private static let mainFile = "SKILL.md"

  private static func follow(_ kind: Directory.Kind, _ name: String, in root: Directory) throws(MeshError) -> Directory
  {
    if case .link = kind { return try Directory.open(root.path.appending(name)) }
    return try root.child(name)
  }
}
