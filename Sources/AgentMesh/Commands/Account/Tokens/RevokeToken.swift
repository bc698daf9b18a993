import ArgumentParser
import RegistryClient
import Skills

/// `tokens revoke`.
struct RevokeToken: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a token of your account for good.",
    discussion: """
      It is named by its number in 'agent-mesh tokens list'. The one that you are logged in with here is ended by: \
      agent-mesh logout --revoke
      """)

  @Argument(help: "The number of the token.")
  var id: String

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> RevokedTokenReport {
    // What it is instead is not repeated: it may be a token.
    guard let number = Int64(id) else {
      throw MeshError(.usage, "that is not the number of a token", hint: "See: agent-mesh tokens list")
    }
    let client = try mesh.loggedInRegistry(registry)
    try await client.revokeToken(number)
    return RevokedTokenReport(id: number, registry: client.address.text)
  }
}

struct RevokedTokenReport: Report {
  let success = true
  let id: Int64
  let registry: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { "Token \(id) of \(registry) revoked." }
}
