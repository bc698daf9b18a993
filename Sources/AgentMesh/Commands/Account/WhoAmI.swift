import ArgumentParser
import RegistryClient
import Skills

/// `whoami`: the author that the token of a registry belongs to.
struct WhoAmI: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Show who you are logged in as.",
    discussion: """
      The registry is asked, so that a token that was revoked is no login. See also: agent-mesh status.

        agent-mesh whoami --registry https://registry.example
      """)

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> WhoAmIReport {
    let client = try mesh.loggedInRegistry(registry)
    let profile = try await client.profile()
    return WhoAmIReport(author: profile.author, registry: client.address.text, rights: profile.rights)
  }
}

struct WhoAmIReport: Report {
  let author: String
  let registry: String
  /// What the token may be used for; nil when the registry does not say.
  let rights: [String]?

  func text(_ style: Style) -> Message { Message(author) }
}

extension Mesh {
  static func notLoggedIn(to address: RegistryAddress) -> MeshError {
    MeshError(
      .unauthorized, "not logged in to \(address)",
      hint: "Log in first: agent-mesh login --registry \(address)")
  }
}
