import Foundation
import Skills
import SystemPackage

/// Where a change leads: what is to be installed, and what the two files are to say.
struct ProjectGoal: Sendable {
  var manifest: ProjectManifest
  var lock: Lockfile
  /// Whether the two files are written.
  var isWritten: Bool
  /// Folders of skills that somebody named.
  var requested: Set<SkillSlug> = []
  /// Whether every skill gets the links of the chosen agents, or only those that are new or named.
  var linksAll = false
  /// Whether it is an error when there is nothing to do.
  var refusesNothing = false
  var passedOver: [PassedOver] = []
  /// Skills that stay although their registry no longer serves the version that is locked.
  var withdrawn: [LockedSkill] = []

  /// - Throws: `alreadyInstalled` when everything that was asked for is there.
  func refuseNothing(_ decisions: [Decision], _ state: ProjectState) throws(MeshError) {
    guard refusesNothing, decisions.allSatisfy({ $0.plan.action == .keep }) else { return }
    guard !isWritten || (manifest == state.manifest && lock == state.lock) else { return }
    let names = lock.skills.filter { requested.contains($0.folder) }.map(\.title).sorted()
    throw MeshError(
      .alreadyInstalled, "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") installed already",
      hint: "Install again with --force. Move forward with: agent-mesh skills update.")
  }
}

extension SkillInstaller {
  func decisions(
    for goal: ProjectGoal, _ state: ProjectState, in root: SkillsRoot?, _ options: InstallOptions
  ) throws(MeshError) -> [Decision] {
    var decisions: [Decision] = []
    for skill in goal.lock.skills where !targets.isInPlace(skill) {
      decisions.append(try decision(on: skill, goal, state, in: root, options))
    }
    return decisions
  }

  func decision(
    on skill: LockedSkill, _ goal: ProjectGoal, _ state: ProjectState, in root: SkillsRoot?, _ options: InstallOptions
  ) throws(MeshError) -> Decision {
    let isRequested = goal.requested.contains(skill.folder)
    let isThere = state.installed.contains { $0.slug == skill.folder.rawValue }
    var wish = Decision.Wish(skill: skill, isRequested: isRequested, former: state.lock?[skill.folder])
    if isRequested || goal.linksAll || !isThere { wish.links = targets.linkedFolders }
    // Force is for what was named, or for everything when nothing was.
    var own = options
    if !goal.requested.isEmpty, !isRequested { own.force = false }
    do throws(MeshError) {
      return try Decision(wish, in: root, targets, own)
    } catch {
      guard options.force, !own.force else { throw error }
      var failure = error
      failure = failure.with(hint: "It was not named: add \(skill.reference) to the skills that --force is for.")
      throw failure
    }
  }

  /// What was locked and no longer is: it goes, unless somebody has edited it or it was never ours.
  func removals(
    for goal: ProjectGoal, _ state: ProjectState, in root: SkillsRoot?, _ options: InstallOptions
  ) throws(MeshError) -> [Obstacle] {
    guard goal.isWritten, let root, let former = state.lock else { return [] }
    var obstacles: [Obstacle] = []
    for skill in former.skills where goal.lock[skill.folder] == nil && !targets.isInPlace(skill) {
      let obstacle = try Obstacle(at: skill.folder, in: root, knowing: targets.knownFolders)
      guard let mark = obstacle.mark, mark.reference == skill.reference else { continue }
      if obstacle.state == .intact || options.force { obstacles.append(obstacle) }
    }
    return obstacles
  }
}

extension InstallTargets {
  /// Whether the source of a skill is the very folder in which agents read it, so that there is nothing to install.
  package func isInPlace(_ skill: LockedSkill) -> Bool {
    guard case .path(let text) = skill.source else { return false }
    let place = place(of: text)
    guard place.lastComponent?.string == skill.folder.rawValue else { return false }
    let folder = place.removingLastComponent()
    var relative = folder
    _ = relative.removePrefix(absoluteBase)
    return [folder, relative].contains { $0.string == Agent.sharedFolder || knownFolders.contains($0.string) }
  }

  /// The nearest folder above that has a `skills.json`, as somebody works below the folder of a project; nil for none.
  package var projectAbove: FilePath? {
    guard scope == .project else { return nil }
    var folder = absoluteBase
    while folder.removeLastComponent(), !folder.isEmpty {
      let manifest = folder.appending(ProjectManifest.fileName).string
      if FileManager.default.isReadableFile(atPath: manifest) { return folder }
    }
    return nil
  }

  /// A path of a source, relative to the base or absolute, as an absolute one without `.` and `..`.
  package func place(of text: String) -> FilePath { absoluteBase.pushing(FilePath(text)).lexicallyNormalized() }

  /// Without `.` and `..`.
  var absoluteBase: FilePath {
    FilePath(FileManager.default.currentDirectoryPath).pushing(base).lexicallyNormalized()
  }
}
