import RegistryClient
import Skills

/// What the configuration file says.
///
/// Keys that we do not know stay in it.
struct Settings: Sendable, Equatable {
  private(set) var values: [String: JSONValue]

  init(_ values: [String: JSONValue] = [:]) {
    self.values = values
  }

  /// The registry that is used when none is named.
  var registry: String? {
    get { values["registry"]?.text }
    set { values["registry"] = newValue.map(JSONValue.string) }
  }

  /// Hosts, beside this machine, to which plain `http` may be spoken.
  var insecureHosts: Set<String> {
    Set((values["insecure_hosts"]?.elements ?? []).compactMap(\.text))
  }

  /// Programs that skills are linked for, as somebody chose them last; empty when nobody has.
  ///
  /// They may be an array under `agents`, where other versions keep them.
  var targets: [String] {
    get { (values["targets"]?.elements ?? values["agents"]?.elements ?? []).compactMap(\.text) }
    set {
      values["targets"] = newValue.isEmpty ? nil : .array(newValue.map(JSONValue.string))
      if values["agents"]?.elements != nil { values["agents"] = nil }
    }
  }

  /// The agents that this machine connects, by alias; what cannot be read as one stays in the file.
  var connectedAgents: [String: ConnectedAgent] {
    get { (values["agents"]?.members ?? [:]).compactMapValues { ConnectedAgent($0) } }
    set {
      // An array in the place of the map goes to its own.
      let known = targets
      targets = known
      let others = (values["agents"]?.members ?? [:]).filter { ConnectedAgent($0.value) == nil }
      let all = others.merging(newValue.mapValues(\.value)) { $1 }
      values["agents"] = all.isEmpty ? nil : .object(all)
    }
  }

  /// How old a version must be before an unattended update takes it; nil for the standard.
  var minimumAge: String? {
    get { values["min_age"]?.text }
    set { values["min_age"] = newValue.map(JSONValue.string) }
  }

  /// A token is sent only to the registry that it was stored for.
  func token(for address: RegistryAddress) -> String? {
    let others = values["tokens"]?.members ?? [:]
    if let token = others.first(where: { Self.isAddress($0.key, address) })?.value.text { return token }
    guard Self.isAddress(registry, address) else { return nil }
    return values["token"]?.text
  }

  /// The other registries that there are tokens for, in order.
  func registriesWithToken(besides address: RegistryAddress) -> [String] {
    let own = values["token"] == nil ? nil : registry
    let all = [own].compactMap(\.self) + (values["tokens"]?.members ?? [:]).keys
    return all.filter { !Self.isAddress($0, address) }.sorted()
  }

  mutating func setToken(_ token: String?, for address: RegistryAddress) {
    var tokens = values["tokens"]?.members ?? [:]
    tokens = tokens.filter { !Self.isAddress($0.key, address) }
    if Self.isAddress(registry, address) {
      values["token"] = token.map(JSONValue.string)
    } else {
      tokens[address.text] = token.map(JSONValue.string)
    }
    values["tokens"] = tokens.isEmpty ? nil : .object(tokens)
  }

  /// Makes `address` the registry that is used when none is named; no token changes its registry by that.
  mutating func select(_ address: RegistryAddress) {
    guard !Self.isAddress(registry, address) else { return }
    var tokens = values["tokens"]?.members ?? [:]
    if let previous = registry, let token = values["token"] { tokens[previous] = token }
    values["token"] = tokens.removeValue(forKey: address.text)
    values["tokens"] = tokens.isEmpty ? nil : .object(tokens)
    registry = address.text
  }

  /// The registries of single authors, for what no project decides; written by hand alone.
  ///
  /// - Throws: `configurationError` for what names no author or no registry.
  var registries: [AuthorName: RegistryAddress] {
    get throws(MeshError) {
      var registries: [AuthorName: RegistryAddress] = [:]
      for (author, value) in values["registries"]?.members ?? [:] {
        do {
          registries[try AuthorName(parsing: author)] = try RegistryAddress(parsing: value.text ?? "")
        } catch {
          throw MeshError(
            .configurationError,
            "'registries' names '\(author, limit: 80)' in a way that is not understood",
            hint: "Write it as \"registries\": {\"acme\": \"https://skills.example\"}.")
        }
      }
      return registries
    }
  }

  /// Whether a text that a person may have written names that registry.
  private static func isAddress(_ text: String?, _ address: RegistryAddress) -> Bool {
    text.flatMap { try? RegistryAddress(parsing: $0) } == address
  }

  /// How many requests a connected agent works on at once, and how long others wait.
  var limits: RuntimeLimits {
    get { RuntimeLimits(values["runtime"]?.members ?? [:]) }
    set {
      var members = values["runtime"]?.members ?? [:]
      members.merge(newValue.members) { _, new in new }
      values["runtime"] = .object(members)
    }
  }
}

/// The `runtime` block.
///
/// Values that are missing or not positive fall back to these defaults.
struct RuntimeLimits: Sendable, Equatable, Encodable {
  var maxActiveRequests = 10
  var queueWaitTimeoutMilliseconds = 600_000
  var queueMaxLength = 1_000

  enum CodingKeys: String, CodingKey {
    case maxActiveRequests = "max_active_requests"
    case queueWaitTimeoutMilliseconds = "queue_wait_timeout_ms"
    case queueMaxLength = "queue_max_length"
  }

  init() {}

  init(_ members: [String: JSONValue]) {
    func value(_ key: CodingKeys, or fallback: Int) -> Int {
      guard let number = members[key.rawValue]?.integer, number > 0 else { return fallback }
      return Int(number)
    }
    maxActiveRequests = value(.maxActiveRequests, or: maxActiveRequests)
    queueWaitTimeoutMilliseconds = value(.queueWaitTimeoutMilliseconds, or: queueWaitTimeoutMilliseconds)
    queueMaxLength = value(.queueMaxLength, or: queueMaxLength)
  }

  var members: [String: JSONValue] {
    [
      CodingKeys.maxActiveRequests.rawValue: .integer(Int64(maxActiveRequests)),
      CodingKeys.queueWaitTimeoutMilliseconds.rawValue: .integer(Int64(queueWaitTimeoutMilliseconds)),
      CodingKeys.queueMaxLength.rawValue: .integer(Int64(queueMaxLength)),
    ]
  }
}
