import ArgumentParser
import Skills

/// `logout`: forget a token.
struct Logout: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout",
    abstract: "Forget the token of a registry.",
    discussion: "The token itself stays valid until it expires or the registry's operator revokes it.")

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> LogoutReport {
    let address = try mesh.registry(registry, token: nil).address
    let hadToken = try mesh.settings.read().token(for: address) != nil
    if hadToken {
      try mesh.settings.change { settings throws(MeshError) in settings.setToken(nil, for: address) }
    }
    return LogoutReport(registry: address.text, forgotten: hadToken)
  }
}

struct LogoutReport: Report {
  let success = true
  let registry: String
  let forgotten: Bool

  func text(_ style: Style) -> String {
    forgotten ? "Token for \(registry) forgotten." : "There was no token for \(registry)."
  }
}
