import ArgumentParser
import RegistryClient
import Skills

/// `logout`: forget a token.
struct Logout: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout",
    abstract: "Forget the token of a registry.",
    discussion: """
      The token itself stays valid until it expires, the registry's operator revokes it, or --revoke does. When the \
      registry cannot revoke it, nothing is forgotten.
      """)

  @Flag(help: "Also revoke the token in the registry.")
  var revoke = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> LogoutReport {
    let address = try mesh.address(registry)
    guard let token = try mesh.settings.read().token(for: address) else {
      return LogoutReport(registry: address.text, forgotten: false, revoked: false)
    }
    if revoke { try await Self.revoke(mesh.registry(registry, token: token)) }
    try mesh.settings.change { settings throws(MeshError) in settings.setToken(nil, for: address) }
    return LogoutReport(registry: address.text, forgotten: true, revoked: revoke)
  }

  private static func revoke(_ client: RegistryClient) async throws {
    do {
      try await client.revokeOwnToken()
    } catch var failure as MeshError {
      // It was invalid before.
      if failure.code == .unauthorized { return }
      if failure.code != .cancelled { failure = failure.with(hint: "To log out here only, leave out --revoke.") }
      throw failure
    }
  }
}

struct LogoutReport: Report {
  let success = true
  let registry: String
  let forgotten: Bool
  let revoked: Bool

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    guard forgotten else { return "There was no token for \(registry)." }
    return revoked ? "Token for \(registry) revoked and forgotten." : "Token for \(registry) forgotten."
  }
}
