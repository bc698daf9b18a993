import ArgumentParser
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

      The registry of the first login becomes the default. Later ones leave the default as it is without --default. \
      A token for an address whose host is not found is not stored without --no-verify.

        agent-mesh login --registry https://registry.example     # asks for it, and does not show it
        agent-mesh login --registry https://registry.example --token-stdin < token.txt
      """)

  @Option(help: "The token. Other users of this machine may see it in the list of processes: be asked for it instead.")
  var token: String?

  @Flag(help: "Read the token from stdin.")
  var tokenStdin = false

  @Flag(inversion: .prefixedNo, help: "Check the token with the registry before it is stored.")
  var verify = true

  @Flag(name: .customLong("default"), help: "Use this registry when none is named. The first login does so, too.")
  var becomesDefault = false

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
    let author = verify ? try await author(client, mesh) : nil
    try mesh.settings.change { settings throws(MeshError) in
      if becomesDefault || settings.registry == nil { settings.select(client.address) }
      settings.setToken(secret, for: client.address)
    }
    let standard = try mesh.settings.read().registry ?? RegistryAddress.local
    return LoginReport(registry: client.address.text, author: author, defaultRegistry: standard)
  }

  /// Whose token it is; nil when the registry cannot say so at the moment.
  ///
  /// - Throws: `hostNotFound` for an address that is probably misspelled.
  private func author(_ client: RegistryClient, _ mesh: Mesh) async throws -> String? {
    do {
      return try await client.profile().author
    } catch let failure as MeshError where failure.code == .hostNotFound {
      throw failure.with(
        hint: "Nothing was stored. Check the address. To store the token without a check, add --no-verify.")
    } catch let failure as MeshError where failure.code.exitStatus == .unreachable {
      mesh.talk.warn("\(failure.message); the token is stored without a check")
      return nil
    }
  }

  private func readToken(_ mesh: Mesh) throws -> String {
    guard !(tokenStdin && token != nil) else {
      throw MeshError(.usage, "--token and --token-stdin exclude each other")
    }
    if let token { return token }
    guard tokenStdin || mesh.canAsk else {
      throw MeshError(.usage, "no token was given", hint: "Pass it on stdin with --token-stdin.")
    }
    let line = try (mesh.canAsk ? mesh.askSecret("Token:") : StandardInput.line()) ?? ""
    let token = String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard !token.isEmpty else { throw MeshError(.usage, "no token was given: stdin is empty") }
    return token
  }

  private static func check(_ token: String, for address: RegistryAddress) throws {
    do {
      _ = try Credential(token: token, for: address.origin)
    } catch {
      throw MeshError(
        .validationError, "this is not a token: it has characters that no token has",
        hint: "Copy all of it, as 'agent-mesh-registry token create' printed it.")
    }
  }
}

struct LoginReport: Report {
  let success = true
  let registry: String
  /// Nil when the token was not checked.
  let author: String?
  let defaultRegistry: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    let login: Message =
      author.map { "Logged in to \(registry) as \(style.bold(Message($0)))." }
      ?? "Stored the token for \(registry) without a check."
    if registry == defaultRegistry { return login }
    return """
      \(login)
      The default registry is still \(defaultRegistry). To change it:
        agent-mesh config --registry \(registry)
      """
  }
}
