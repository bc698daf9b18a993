import ArgumentParser
import RegistryClient
import Skills

/// `skills yank`: keep a version from new installs.
struct Yank: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "yank",
    abstract: "Stop new installs of a version of your skill, or allow them again.",
    discussion: """
      Projects that have the version in their lock still get it; others only when they name its number. Nothing is \
      deleted, and --undo allows it again.

        agent-mesh skills yank acme/reviewer@1.4.2 --reason "loses comments"
        agent-mesh skills yank acme/reviewer@1.4.2 --undo
      """)

  @Argument(
    help: "The version, as author/slug@1.2.3; or author/slug, with --version.",
    completion: .custom(Completions.references))
  var skill: String

  @Option(help: "The number of the version.")
  var version: String?

  @Option(help: "The reason, in one line that everybody can read.")
  var reason: String?

  @Flag(help: "Allow it again.")
  var undo = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if undo, reason != nil { throw ValidationError("--reason and --undo exclude each other") }
  }

  func run(in mesh: Mesh) async throws -> YankReport {
    let named = try NamedVersion(parsing: skill, version: version)
    let name = named.name
    guard let number = named.number else {
      throw MeshError(
        .usage, "'\(name)' does not name a version",
        hint: "Write it as \(name)@1.2.3. See: agent-mesh skills info \(name)")
    }
    let client = try mesh.registry(registry)
    let answer =
      undo
      ? try await client.unyank(name, number)
      : try await client.yank(name, number, reason: reason)
    return YankReport(
      success: answer.success, reference: name.description, version: number.description, yanked: !undo,
      message: answer.message)
  }
}

struct YankReport: Report {
  let success: Bool
  let reference: String
  let version: String
  let yanked: Bool
  let message: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { Message(message, limit: .max) }
}
