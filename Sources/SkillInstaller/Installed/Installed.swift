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
      if let skill = look(at: name, in: root) { found.append(skill) }
    }
    return found
  }

  /// Nil for what is no skill, or cannot be read: one odd folder does not hide the others.
  private static func look(at name: String, in root: Directory) -> InstalledSkill? {
    guard let kind = try? root.kind(of: name), let folder = try? follow(kind, name, in: root) else { return nil }
    let slug = try? SkillSlug(parsing: name)
    // What lies behind a link of the user's own is not ours, whatever it says.
    let mark = kind == .directory ? slug.flatMap { try? OwnershipMark.read(in: folder, of: $0) } : nil
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

  /// Removes a skill: first the links to it, then its folder in one step.
  ///
  /// - Returns: Where the folder is now, when it was kept as a backup.
  package static func remove(
    _ slug: SkillSlug, from targets: InstallTargets, _ options: InstallOptions
  ) async throws -> FilePath? {
    guard let root = try await SkillsRoot.claimIfPresent(targets.sharedFolder) else {
      throw MeshError(
        .noSkillsDirectory, "there is no '\(Agent.sharedFolder)' in '\(targets.project)'",
        hint: "Run this in a project with installed skills, or name its folder.")
    }
    defer { root.tidy() }
    let obstacle = try Obstacle(at: slug, in: root)
    if obstacle.isNothing {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
    }
    if !options.force, let refusal = obstacle.refusalToRemove { throw refusal }
    return try Placement(root: root, targets: targets).remove(
      slug, linkedFrom: obstacle.mark?.links ?? targets.linked.map(\.folder), keepsBackup: obstacle.state != .intact)
  }
}
