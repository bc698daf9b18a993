import ArgumentParser
import HTTPTransport
import RegistryClient
import Skills

/// `login`: get or take a token for one registry, and store it.
struct Login: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Log in to a registry.",
    discussion: """
      You approve the login in a browser, on this machine or any other: it shows a page, a code and the name of this \
      machine. The token that comes of it lasts 90 days and may do what you may; narrower ones are made with: \
      agent-mesh tokens create

      With --token-stdin or --token a token that you have is checked with one request instead. Where nobody is at a \
      terminal one of them is needed, or --no-browser.

      Either way the token is stored with mode 0600 in ~/.agent-mesh/config.json, and sent to that registry alone. You \
      may be logged in to several. The registry of the first login becomes the default. Later ones leave the default \
      as it is without --default. A token for an address whose host is not found is not stored without --no-verify.

        agent-mesh login --registry https://registry.example
        agent-mesh login --registry https://registry.example --no-browser          # prints the page, opens nothing
        agent-mesh login --registry https://registry.example --token-stdin < token.txt
      """)

  @Option(help: "A token. Other users of this machine may see it in the list of processes: use --token-stdin instead.")
  var token: String?

  @Flag(help: "Read a token from stdin; on a terminal it is asked for and not shown.")
  var tokenStdin = false

  @Flag(inversion: .prefixedNo, help: "Open the page in a browser. The default on a terminal that has one.")
  var browser: Bool?

  @Flag(inversion: .prefixedNo, help: "Check the token with the registry before it is stored.")
  var verify = true

  @Flag(name: .customLong("default"), help: "Use this registry when none is named. The first login does so, too.")
  var becomesDefault = false

  @Flag(help: "Do not say that you are logged in already.")
  var force = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  /// Where the token comes from.
  private enum Source {
    case option(String)
    case standardInput
    case browser(opens: Bool)
  }

  func run(in mesh: Mesh) async throws -> LoginReport {
    let source = try source()
    if let aside = try mesh.settings.setAsideIfDamaged() {
      mesh.talk.warn("the settings were damaged; they are kept in '\(aside)'")
    }
    let address = try mesh.address(registry)
    if !force, try mesh.settings.read().token(for: address) != nil {
      mesh.talk.info("You are logged in to \(address) already. The new token takes the place of the stored one.")
    }
    let secret = try await secret(from: source, mesh)
    try Self.check(secret, for: address)
    let author = verify ? try await author(mesh.registry(registry, token: secret), mesh) : nil
    try mesh.settings.change { settings throws(MeshError) in
      if becomesDefault || settings.registry == nil { settings.select(address) }
      settings.setToken(secret, for: address)
    }
    if mesh.environmentToken(for: address) != nil {
      mesh.talk.warn("AGENT_MESH_TOKEN is set, and goes before the token that was stored")
    }
    let standard = try mesh.settings.read().registry ?? RegistryAddress.local
    return LoginReport(registry: address.text, author: author, defaultRegistry: standard)
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

  private func source() throws(MeshError) -> Source {
    guard !(tokenStdin && token != nil) else {
      throw MeshError(.usage, "--token and --token-stdin exclude each other")
    }
    if let token { return .option(token) }
    if tokenStdin { return .standardInput }
    guard browser != nil || Streams.isTerminal(.standardError) else {
      throw MeshError(
        .usage, "no token was given, and nobody is at a terminal to approve a login",
        hint: "Pass a token with --token-stdin, or have the login approved elsewhere with --no-browser.")
    }
    return .browser(opens: browser ?? true)
  }

  private func secret(from source: Source, _ mesh: Mesh) async throws -> String {
    switch source {
    case .option(let token): return token
    case .browser(let opens):
      let client = try mesh.registry(registry, token: nil)
      return try await BrowserLogin(mesh: mesh, client: client, opensBrowser: opens).token()
    case .standardInput:
      let line = try (mesh.canAsk ? mesh.askSecret("Token:") : StandardInput.line()) ?? ""
      let token = line.trimmed
      guard !token.isEmpty else { throw MeshError(.usage, "no token was given: stdin is empty") }
      return token
    }
  }

  private static func check(_ token: String, for address: RegistryAddress) throws {
    do {
      _ = try Credential(token: token, for: address.origin)
    } catch {
      throw MeshError(
        .validationError, "this is not a token: it has characters that no token has",
        hint: "Copy all of it, as it was shown when it was made.")
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
