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
    let secret = try mesh.token(for: address)
    let settings = try mesh.settings.read()
    var report = StatusReport(
      config: mesh.settings.path, registry: address.text, loggedIn: secret != nil,
      token: secret.map(Self.masked), others: settings.registriesWithToken(besides: address),
      agentsWithToken: settings.agentsWithToken)
    if check {
      let profile = try await mesh.loggedInRegistry(registry).profile()
      (report.author, report.expiresAt, report.rights) = (profile.author, profile.tokenExpiresAt, profile.rights)
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
  /// Other registries that there are tokens for.
  var others: [String]
  /// Aliases of agents that a ticket has connected from this machine.
  var agentsWithToken: [String]
  var author: String?
  /// Nil for never, and when the registry was not asked.
  var expiresAt: String?
  /// What the token may be used for; nil when the registry was not asked, or does not say.
  var rights: [String]?

  func text(_ style: Style) -> Message {
    let login: Message =
      switch (loggedIn, author) {
      case (false, _): "no. To log in: agent-mesh login --registry \(registry)"
      case (true, let author?): "yes, as \(author) (token \(token ?? "…"))"
      case (true, nil): "yes (token \(token ?? "…"))"
      }
    var lines: [(String, Message)] = [
      ("Configuration", Message(config, limit: .max)), ("Registry", Message(registry)), ("Logged in", login),
    ]
    if let expiresAt { lines.append(("Expires", Message(expiresAt))) }
    if let rights { lines.append(("Rights", Message(rights.joined(separator: ", ")))) }
    if !others.isEmpty { lines.append(("Others", Message(others.joined(separator: ", "), limit: .max))) }
    if !agentsWithToken.isEmpty {
      let names = Message(agentsWithToken.joined(separator: ", "), limit: .max)
      let rest: Message = loggedIn ? "" : "; other commands need a login"
      lines.append(("Agents", names + ", each with a token for itself alone" + rest))
    }
    let rows = lines.map { label, text -> Message in
      style.bold(ScreenText.padded(Message(label), to: 13)) + "  " + text
    }
    return rows.joined(separator: "\n")
  }
}
