import ArgumentParser
import RegistryAPI
import Skills

/// `skills unpublish`: take back a skill or one version of it.
struct Unpublish: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpublish",
    abstract: "Take back a skill, or one version of it.",
    discussion: """
      What is taken back can no longer be installed. Its version numbers stay taken for ever.

        agent-mesh skills unpublish acme/reviewer@1.2.0 --yes     # or: acme/reviewer --version 1.2.0 --yes
      """)

  @Argument(
    help: "The skill, as author/slug, or one version of it, as author/slug@1.2.3.",
    completion: .custom(Completions.references))
  var skill: String

  @Option(help: "Take back this version alone.")
  var version: String?

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> UnpublishReport {
    let named = try NamedVersion(parsing: skill, version: version)
    let (name, number) = (named.name, named.number)
    let what = number.map { "\(name)@\($0)" } ?? "every version of \(name)"
    if !yes {
      guard mesh.canAsk else {
        throw MeshError(.confirmationNeeded, "taking back \(what) needs a confirmation", hint: "Confirm with --yes.")
      }
      guard mesh.confirm("Take back \(what)? The numbers can never be used again.") else {
        throw MeshError(.declined, "nothing was taken back")
      }
    }
    let answer = try await mesh.registry(registry).unpublish(name, version: number)
    return UnpublishReport(success: answer.success, message: answer.message)
  }
}

struct UnpublishReport: Report {
  let success: Bool
  let message: String

  func text(_ style: Style) -> String { TerminalText.escaped(message) }
}
