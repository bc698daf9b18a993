import ArgumentParser
import FoundationSubset
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What every command works with: the environment, the settings, the streams, and the registry once it is needed.
struct Mesh: Sendable {
  /// The variables of the process, without those of our own that are empty: pipelines give an empty text for a secret
  /// that is not set.
  let environment: [String: String]
  let talk: Talk
  let style: Style
  let progress: ProgressLine
  /// Whether somebody can answer a question.
  let canAsk: Bool
  /// One for everything that a command does.
  let transport: HTTPTransport
  /// Whether stdout gets JSON.
  let printsJSON: Bool
  let interruption: Interruption

  init(output: OutputOptions, speaksJSONIntoPipes: Bool, interruption: Interruption) {
    self.interruption = interruption
    let environment = ProcessInfo.processInfo.environment
    self.environment = environment.filter { !$0.key.hasPrefix("AGENT_MESH_") || !$0.value.isEmpty }
    let outputIsTerminal = Streams.isTerminal(.standardOutput)
    let errorIsTerminal = Streams.isTerminal(.standardError)
    style = Style(isTerminal: outputIsTerminal, environment: environment)
    let talk = Talk(
      style: Style(isTerminal: errorIsTerminal, environment: environment), level: output.level(environment))
    self.talk = talk
    printsJSON = output.json || (speaksJSONIntoPipes && !outputIsTerminal && !output.human)
    progress = ProgressLine(
      ProgressLine.Manner(isTerminal: errorIsTerminal, environment: environment, isQuiet: output.json || output.quiet))
    canAsk = errorIsTerminal && isatty(0) == 1 && !output.json
    var configuration = TransportConfiguration(
      userAgent: "agent-mesh/\(ProgramVersion.current)", environment: environment)
    let settings = SettingsFile(environment: environment)
    configuration.allowsInsecure = { host in (try? settings.read().insecureHosts.contains(host)) ?? false }
    if talk.level == .verbose { configuration.observe = { talk.detail("\($0)") } }
    transport = HTTPTransport(configuration)
  }

  var settings: SettingsFile { SettingsFile(environment: environment) }

  /// The registry that this command talks to, with its token when there is one.
  func registry(_ option: RegistryOption) throws -> RegistryClient {
    try registry(option, token: token(for: address(option)))
  }

  /// As above, with that token or none.
  func registry(_ option: RegistryOption, token: String?) throws -> RegistryClient {
    try RegistryClient(
      address: address(option), token: token, transport: transport, cache: cache,
      advice: advice(
        isChosen: ownRegistry(option) != nil,
        withholdsToken: token == nil && environment["AGENT_MESH_TOKEN"] != nil))
  }

  /// As `registry(_:)`, for what only somebody who is logged in may do.
  ///
  /// - Throws: `unauthorized` without a token.
  func loggedInRegistry(_ option: RegistryOption) throws -> RegistryClient {
    let client = try registry(option)
    guard client.hasToken else { throw Self.notLoggedIn(to: client.address) }
    return client
  }

  /// The token for a registry: that of the environment, else the stored one; nil when none is for it.
  func token(for address: RegistryAddress) throws -> String? {
    try environmentToken(for: address) ?? settings.read().token(for: address)
  }

  /// `AGENT_MESH_TOKEN`, unless `AGENT_MESH_REGISTRY` beside it names another registry.
  func environmentToken(for address: RegistryAddress) -> String? {
    guard let token = environment["AGENT_MESH_TOKEN"] else { return nil }
    guard let named = environment["AGENT_MESH_REGISTRY"] else { return token }
    return (try? RegistryAddress(parsing: named)) == address ? token : nil
  }

  /// The user's own registry: of the option, the environment, the configuration, or this machine.
  func address(_ option: RegistryOption) throws -> RegistryAddress {
    try RegistryAddress(parsing: ownRegistry(option) ?? RegistryAddress.local)
  }

  /// As somebody wrote it; nil when nobody chose one.
  func ownRegistry(_ option: RegistryOption) throws -> String? {
    try option.registry ?? environment["AGENT_MESH_REGISTRY"] ?? settings.read().registry
  }

  /// What to say when a registry does not answer as hoped.
  ///
  /// - Parameters:
  ///   - isChosen: Whether somebody has said which registry is meant.
  ///   - withholdsToken: Whether there is a token in the environment that is not for it.
  func advice(isChosen: Bool, withholdsToken: Bool = false) -> RegistryAdvice {
    var advice = RegistryAdvice()
    if !isChosen {
      advice.whenUnreachable =
        "No registry is configured, so the one on this machine was asked. Name another with --registry or "
        + "AGENT_MESH_REGISTRY, or start one here: agent-mesh-registry serve"
    }
    if withholdsToken {
      advice.whenRefused =
        "AGENT_MESH_TOKEN was not sent: it is only for the registry of AGENT_MESH_REGISTRY, or the configured one."
    }
    return advice
  }

  /// Asks a question on stderr.
  ///
  /// Call it only where `canAsk`.
  ///
  /// - Returns: The line that is the answer, empty when there is none; nil after an interruption.
  func ask(_ question: Message) -> String? {
    progress.clear()
    Streams.write("\(question) ", to: .standardError)
    do {
      return try StandardInput.line() ?? ""
    } catch {
      return nil
    }
  }

  /// Asks for what nobody is to read on the screen.
  ///
  /// Call it only where `canAsk`.
  ///
  /// - Throws: `CancellationError` after an interruption.
  func askSecret(_ question: String) throws -> String? {
    defer { Streams.write("\n", to: .standardError) }
    return try StandardInput.hiddenLine { Streams.write("\(question) ", to: .standardError) }
  }

  /// Asks a question on stderr; true for yes.
  ///
  /// Call it only where `canAsk`.
  func confirm(_ question: Message) -> Bool {
    ["y", "yes"].contains(ask("\(question) [y/N]")?.lowercased())
  }

  /// Asks whether to go on.
  ///
  /// - Parameters:
  ///   - needed: What is said where nobody can be asked, with `hint` on how to answer beforehand.
  ///   - declined: What is said to whoever does not say yes, such as `nothing was removed`.
  /// - Throws: `confirmationNeeded` where nobody can be asked, `declined` for anything but yes.
  func confirm(_ question: Message, needed: Message, hint: Message, declined: Message) throws(MeshError) {
    guard canAsk else { throw MeshError(.confirmationNeeded, needed, hint: hint) }
    guard confirm(question) else { throw MeshError(.declined, declined) }
  }

  /// Prints what a command found, and what it did unless nobody wants to know.
  func print(_ report: some Report) throws {
    if report.isWritten || (talk.level == .quiet && !printsJSON && report.isAction) { return }
    let text = printsJSON ? try JSONText.encode(report, pretty: true) : report.text(style).description
    if !text.isEmpty { try write(text + "\n") }
  }

  /// Writes a value as JSON on a line of its own.
  func print(line value: some Encodable) throws {
    try write(JSONText.encode(value, pretty: false) + "\n")
  }

  /// Writes text to stdout as it is.
  ///
  /// - Throws: `fileError` unless all of it was taken.
  func write(_ text: String) throws(MeshError) {
    if Streams.write(text, to: .standardOutput) { return }
    // Whoever closes a pipe early has read enough.
    if errno == EPIPE { return }
    throw MeshError(.fileError, "cannot write the output: \(String(cString: strerror(errno)))")
  }

  func print(_ failure: MeshError) {
    if printsJSON, let text = try? JSONText.encode(FailureReport(failure), pretty: false) {
      Streams.write(text + "\n", to: .standardOutput)
    }
    tell(failure)
  }

  /// Says on stderr what has failed and what to do about it.
  func tell(_ failure: MeshError) {
    for finding in failure.findings { talk.show(finding.text(talk.style)) }
    // Whoever says no has met no error.
    let message = Message(trusted: failure.message)
    if failure.code == .declined { talk.info(message) } else { talk.error(message) }
    if let hint = failure.hint { talk.hint(Message(trusted: hint)) }
  }
}
