import ArgumentParser
import SkillInstaller
import Skills

/// `skills pin`: keep the version of a skill that is there.
struct Pin: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin",
    abstract: "Keep the version of a skill that is locked, whatever is newer.",
    discussion: """
      Writes the version, or the commit of a git source, to the pins of skills.json. It stays, also for others who \
      install the project, until it is unpinned.

        agent-mesh skills pin reviewer
      """)

  @OptionGroup var named: NamedSkill
  @OptionGroup var project: ProjectOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> PinReport {
    let place = try mesh.workplace(project.path, project.scope, network)
    let skill = try mesh.known(in: place.targets).skill(named: named.skill)
    let outcome = try await place.installer.plan(.pin(skill.folder), InstallOptions(saves: true)).perform()
    return PinReport(outcome.lock[skill.folder] ?? skill, isPinned: true)
  }
}

/// What a skill is kept at, or no longer.
struct PinReport: Report {
  let success = true
  let slug: String
  let reference: String
  let version: String?
  let pinned: Bool

  init(_ skill: LockedSkill, isPinned: Bool) {
    slug = skill.folder.rawValue
    reference = skill.reference
    version = skill.version
    pinned = isPinned
  }

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    let name = style.bold(Message(reference))
    let number = version ?? ""
    if pinned { return "\(name) stays at \(number) until: agent-mesh skills unpin \(slug)" }
    return "\(name) is at \(number) and may move again: agent-mesh skills update"
  }
}
