import ArgumentParser
import Foundation
import HTTPTransport
import RegistryClient
import Skills

/// `login`: store a token for one registry.
struct Login: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Store a token for a registry.",
    discussion: """
      The token is checked with one request, stored with mode 0600 in ~/.agent-mesh/config.json, and sent to that \
      registry alone. Its operator makes tokens with: agent-mesh-registry token create --author <name>.

        agent-mesh login --registry https://registry.example     # asks for it, and does not show it
        agent-mesh login --registry https://registry.example --token-stdin < token.txt
      """)

  @Option(help: "The token. Other users of this machine may see it in the list of processes: be asked for it instead.")
  var token: String?

  @Flag(help: "Read the token from stdin.")
  var tokenStdin = false

  @Flag(inversion: .prefixedNo, help: "Check the token with the registry before it is stored.")
  var verify = true

  @Flag(help: "Accepted for older scripts: logging in again needs no flag.")
  var force = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> LoginReport {
    let secret = try readToken(mesh)
    try Self.check(secret, for: mesh.address(registry))
    if let aside = try mesh.settings.setAsideIfDamaged() {
      mesh.talk.warn("the settings were damaged; they are kept in '\(aside)'")
    }
    let client = try mesh.registry(registry, token: secret)
    var author: String?
    if verify {
      do {
        author = try await client.profile().author
      } catch let failure as MeshError where failure.code.exitStatus == .unreachable {
        mesh.talk.warn("\(failure.message); the token is stored unchecked")
      }
    }
    try mesh.settings.change { settings throws(MeshError) in
      settings.select(client.address)
      settings.setToken(secret, for: client.address)
    }
    return LoginReport(registry: client.address.text, author: author)
  }

  private func readToken(_ mesh: Mesh) throws -> String {
    guard !(tokenStdin && token != nil) else {
      throw MeshError(.usage, "--token and --token-stdin exclude each other")
    }
    if let token { return token }
    guard tokenStdin || mesh.canAsk else {
      throw MeshError(.usage, "no token given", hint: "Pass it on stdin, with --token-stdin.")
    }
    let line = try (mesh.canAsk ? mesh.askSecret("Token:") : StandardInput.line()) ?? ""
    let token = line.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !token.isEmpty else { throw MeshError(.usage, "no token given", hint: "stdin holds none.") }
    return token
  }

  private static func check(_ token: String, for address: RegistryAddress) throws {
    do {
      _ = try Credential(token: token, for: address.origin)
    } catch {
      throw MeshError(
        .validationError, "this is no token: it has characters that no token has",
        hint: "Copy it whole, as agent-mesh-registry token create printed it.")
    }
  }
}

struct LoginReport: Report {
  let success = true
  let registry: String
  /// Nil when the token was not checked.
  let author: String?

  func text(_ style: Style) -> String {
    guard let author else { return "Token stored for \(registry)." }
    return "Logged in to \(registry) as \(style.bold(TerminalText.escaped(author)))."
  }
}
