import RegistryClient
import SkillArchive
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
  /// Every skill in the shared folder of a project, ours or not, by name of its folder. Takes no lock, changes nothing.
  package static func installed(in targets: InstallTargets) throws(MeshError) -> [InstalledSkill] {
    let root: Directory
    do {
      root = try Directory.open(targets.sharedFolder)
    } catch {
      return []
    }
    var found: [InstalledSkill] = []
    for name in try root.names() where !name.hasPrefix(".") {
      guard root.identity(of: name) != nil, let folder = try? Self.follow(name, in: root) else { continue }
      guard let bytes = try folder.read("SKILL.md", limit: 1 << 20) else { continue }
      let mark = try OwnershipMark.read(in: folder)
      let document = try? SkillDocument(reading: bytes)
      found.append(
        InstalledSkill(
          slug: name, name: document?.name, version: mark?.version ?? document?.version,
          description: document?.description, mark: mark))
    }
    return found
  }

  /// A folder of the user's own may be a link.
  private static func follow(_ name: String, in root: Directory) throws(MeshError) -> Directory {
    if case .link = try root.kind(of: name) { return try Directory.open(root.path.appending(name)) }
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
    let obstacle = try Obstacle(at: slug, in: root, targets)
    if obstacle.isNothing {
      throw MeshError(.notInstalled, "\(slug) is not installed here", hint: "See: agent-mesh skills installed.")
    }
    if obstacle.state != .intact, !options.force { throw refusal(slug, obstacle) }
    try Placement(root: root, targets: targets).unlink(slug, from: obstacle.mark?.links ?? targets.linked.map(\.folder))
    return try root.stage(for: slug).displace(slug, keepingOld: obstacle.state != .intact)
  }

  private static func refusal(_ slug: SkillSlug, _ obstacle: Obstacle) -> MeshError {
    if case .edited(let paths) = obstacle.state { return Obstacle.localEdits(slug, paths) }
    return MeshError(
      .conflict, "'\(Agent.sharedFolder)/\(slug)' was not created by agent-mesh",
      hint: "Remove it yourself, or with --force; it is then kept as a backup.")
  }
}
