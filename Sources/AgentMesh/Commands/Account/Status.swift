import ArgumentParser
import RegistryClient
import Skills

/// `status`: what is configured.
///
/// No network unless asked, and nothing written.
struct Status: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the registry, the login and where they are stored.")

  @Flag(help: "Ask the registry whether the token is valid.")
  var check = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> StatusReport {
    let address = try mesh.address(registry)
    let secret = try mesh.environment["AGENT_MESH_TOKEN"] ?? mesh.settings.read().token(for: address)
    var report = StatusReport(
      config: mesh.settings.path, registry: address.text, loggedIn: secret != nil,
      token: secret.map(Self.masked))
    if check {
      guard secret != nil else { throw Mesh.notLoggedIn(to: address) }
      report.author = try await mesh.registry(registry).profile().author
    }
    return report
  }

  /// What kind of token it is and its last four characters; never a usable part.
  static func masked(_ token: String) -> String {
    let kind = token.prefix { $0 != "_" }
    guard token.count >= 20, kind.count <= 4 else { return "…" }
    return "\(kind)_…\(token.suffix(4))"
  }
}

struct StatusReport: Report {
  var config: String
  var registry: String
  var loggedIn: Bool
  var token: String?
  var author: String?

  func text(_ style: Style) -> Message {
    let login: Message =
      switch (loggedIn, author) {
      case (false, _): "no"
      case (true, let author?): "yes, as \(author) (token \(token ?? "…"))"
      case (true, nil): "yes (token \(token ?? "…"))"
      }
    return """
      \(style.bold("Configuration"))  \(config, limit: .max)
      \(style.bold("Registry"))       \(registry)
      \(style.bold("Logged in"))      \(login)
      """
  }
}
