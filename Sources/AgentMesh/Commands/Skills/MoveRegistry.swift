import ArgumentParser
import RegistryClient
import SkillInstaller
import Skills

/// `skills registry`: from where the skills of a project come.
struct RegistryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry", abstract: "Say from where the skills of a project come.", subcommands: [MoveRegistry.self])
}

/// `skills registry move`: a registry that has another address now.
struct MoveRegistry: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move a project to the new address of a registry.",
    discussion: """
      A name never moves to another registry by itself. When a registry gets another address, this says so once for a \
      project: skills.json, skills.lock and the records of the installed skills name the new one, and nothing else \
      changes. The new address has to list every locked version with the digests that are locked, else nothing is done. \
      It does the same where skills.json names the new address already.

        agent-mesh skills registry move https://old.example https://skills.example
      """)

  @Argument(help: "The address that skills.lock has.") var old: String
  @Argument(help: "The address that the registry has now.") var new: String

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> MoveRegistryReport {
    let (from, to) = (try RegistryAddress(parsing: old), try RegistryAddress(parsing: new))
    guard from != to else { throw MeshError(.usage, "both addresses name \(from)") }
    let targets = try mesh.targets(project.path, project.scope).targets
    let installer = SkillInstaller(registries: try mesh.registries(at: to), targets: targets)
    let moved = try await RegistryMove(from: from, to: to, installer).perform()
    return MoveRegistryReport(from: from.text, to: to.text, moved: moved.map(\.reference))
  }
}

struct MoveRegistryReport: Report {
  let success = true
  let from: String
  let to: String
  let moved: [String]

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    "\(moved.count) skill\(moved.count == 1 ? "" : "s") of \(from) \(moved.count == 1 ? "comes" : "come") from \(style.bold(Message(to))) now."
  }
}
