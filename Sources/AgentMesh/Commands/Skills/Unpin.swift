import ArgumentParser
import SkillInstaller
import Skills

/// `skills unpin`: let a skill move again.
struct Unpin: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin",
    abstract: "Let a pinned skill move again; nothing moves by that alone.")

  @OptionGroup var named: NamedSkill
  @OptionGroup var project: ProjectOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> PinReport {
    let place = try mesh.workplace(project.path, project.scope, network)
    let skill = try mesh.known(in: place.targets).skill(named: named.skill)
    let outcome = try await place.installer.plan(.unpin(skill.folder), InstallOptions(saves: true)).perform()
    return PinReport(outcome.lock[skill.folder] ?? skill, isPinned: false)
  }
}
