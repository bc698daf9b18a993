import ArgumentParser
import RegistryAPI
import Skills

/// `skills unpublish`: withdraw a skill or one version of it.
struct Unpublish: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpublish",
    abstract: "Withdraw a skill, or one version of it.",
    discussion: """
      A withdrawn version can no longer be installed, and its number can never be used again.

        agent-mesh skills unpublish acme/reviewer@1.2.0 --yes     # or: acme/reviewer --version 1.2.0 --yes
      """)

  @Argument(
    help: "The skill, as author/slug, or one version of it, as author/slug@1.2.3.",
    completion: .custom(Completions.references))
  var skill: String

  @Option(help: "Withdraw only this version.")
  var version: String?

  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> UnpublishReport {
    let named = try NamedVersion(parsing: skill, version: version)
    let (name, number) = (named.name, named.number)
    let what: Message = number.map { "\(name)@\($0)" } ?? "every version of \(name)"
    try confirmation.confirm(
      "Withdraw \(what)? Version numbers can never be used again.", for: "withdrawing \(what)",
      else: "nothing was withdrawn", in: mesh)
    let answer = try await mesh.registry(registry).unpublish(name, version: number)
    return UnpublishReport(success: answer.success, message: answer.message)
  }
}

struct UnpublishReport: Report {
  let success: Bool
  let message: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { Message(message, limit: .max) }
}
