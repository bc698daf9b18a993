import RegistryAPI
import Skills

/// One thing that an operator may decide: its name in the file, what it means, how its value is read and shown.
package struct ConfigurationKey: Sendable {
  package let name: String
  /// For the documentation: what it decides, and how a value is written.
  package let meaning: String
  private let read: @Sendable (String, inout RegistryConfiguration) -> Bool
  private let show: @Sendable (RegistryConfiguration) -> String
  /// Whether its value is shown nowhere.
  private var isSecret = false

  /// The variable of the environment that counts before the file.
  package var variable: String { Self.variablePrefix + name.uppercased() }

  private static let variablePrefix = "AGENT_MESH_REGISTRY_"

  /// Variables that look like those of keys and are none, sorted.
  ///
  /// No fault: a cluster names the addresses of its services in the same way.
  package static func strayVariables(in environment: [String: String]) -> [String] {
    let known = Set(all.map(\.variable))
    return environment.keys.filter { $0.hasPrefix(variablePrefix) && !known.contains($0) }.sorted()
  }

  /// The value in force, as it is written.
  ///
  /// Empty for a secret.
  package func value(in configuration: RegistryConfiguration) -> String { show(configuration) }

  func apply(
    _ text: String, to configuration: inout RegistryConfiguration, source: String
  ) throws(ConfigurationFault) {
    if read(text, &configuration) { return }
    let shown: Message = isSecret ? "what is there" : "'\(text, limit: 100)'"
    throw ConfigurationFault(source: source, reason: shown + " is no value for \(name): \(meaning)")
  }

  /// Every key.
  package static let all: [ConfigurationKey] =
    [
      publicAddress, trustedProxies, webOrigins, signUp, registryName, terms, securityContact, connectionsPerAddress,
      platformSecret, callbackOrigins,
    ] + RateClass.allCases.map(rate)
}

extension ConfigurationKey {
  private static let publicAddress = ConfigurationKey(
    name: "public_address",
    meaning: "where browsers reach the registry, such as https://skills.example.org; http only for this machine",
    read: { text, configuration in
      guard let origin = WebOrigin(text), origin.isSecure || origin.isLoopback else { return false }
      configuration.publicAddress = origin
      return true
    },
    show: { $0.publicAddress?.description ?? "" })

  private static let trustedProxies = ConfigurationKey(
    name: "trusted_proxies",
    meaning: "addresses, or ranges such as 10.0.0.0/8, whose X-Forwarded-For counts, with commas between",
    read: { text, configuration in
      guard let ranges = list(text, AddressRange.init) else { return false }
      configuration.trustedProxies = ranges
      return true
    },
    show: { $0.trustedProxies.map(\.description).joined(separator: ", ") })

  private static let webOrigins = ConfigurationKey(
    name: "web_origins",
    meaning: "other sites whose scripts may read the API, such as https://example.org, with commas between",
    read: { text, configuration in
      guard let origins = list(text, { WebOrigin(String($0)) }) else { return false }
      configuration.webOrigins = Set(origins)
      return true
    },
    show: { $0.webOrigins.map(\.description).sorted().joined(separator: ", ") })

  private static let signUp = ConfigurationKey(
    name: "sign_up",
    meaning: "who may make an account: open, invitation (by any account) or closed; the operator's links always work",
    read: { text, configuration in
      guard let mode = SignUpMode(rawValue: text) else { return false }
      configuration.signUp = mode
      return true
    },
    show: { $0.signUp.rawValue })

  private static let registryName = ConfigurationKey(
    name: "name",
    meaning: "what the registry is called on its pages, 1 to 60 characters",
    read: { text, configuration in
      guard (1...60).contains(text.count) else { return false }
      configuration.name = text
      return true
    },
    show: { $0.name })

  private static let terms = ConfigurationKey(
    name: "terms",
    meaning: "where the terms of use are, such as https://example.org/terms, for the foot of pages",
    read: { text, configuration in
      guard isLink(text, to: ["https://"]) else { return false }
      configuration.terms = text
      return true
    },
    show: { $0.terms ?? "" })

  private static let securityContact = ConfigurationKey(
    name: "security_contact",
    meaning: "where weaknesses are reported, an https address or mailto:, for the foot of pages",
    read: { text, configuration in
      guard isLink(text, to: ["https://", "mailto:"]) else { return false }
      configuration.securityContact = text
      return true
    },
    show: { $0.securityContact ?? "" })

  private static let connectionsPerAddress = ConfigurationKey(
    name: "connections_per_address",
    meaning: "connections that one address may have open, other than this machine's own and those of proxies",
    read: { text, configuration in
      guard let count = Int(text), count > 0 else { return false }
      configuration.limits.connectionsPerAddress = count
      return true
    },
    show: { "\($0.limits.connectionsPerAddress)" })

  private static let platformSecret = ConfigurationKey(
    name: "platform_secret",
    meaning: "what a platform sends as X-Platform-Secret to relay for its own people, at least 32 visible characters",
    read: { text, configuration in
      guard let secret = PlatformSecret(text) else { return false }
      configuration.platformSecret = secret
      return true
    },
    show: { _ in "" }, isSecret: true)

  private static let callbackOrigins = ConfigurationKey(
    name: "callback_origins",
    meaning: "where callbacks may go on a private network, such as https://hooks.internal:9443, with commas between",
    read: { text, configuration in
      guard let origins = list(text, { WebOrigin(String($0)) }) else { return false }
      configuration.callbackOrigins = Set(origins)
      return true
    },
    show: { $0.callbackOrigins.map(\.description).sorted().joined(separator: ", ") })

  private static func rate(_ kind: RateClass) -> ConfigurationKey {
    ConfigurationKey(
      name: "rate_" + kind.rawValue,
      meaning: "requests of that class by one address or account, such as 20/hour; second, minute, hour or day",
      read: { text, configuration in
        guard let rate = Rate(text) else { return false }
        configuration.limits.rates[kind] = rate
        return true
      },
      show: { $0.limits.rates[kind]?.description ?? "" })
  }

  /// Whether it is an address of at most 300 visible ASCII characters.
  private static func isLink(_ text: String, to schemes: [String]) -> Bool {
    let isVisible = text.utf8.count <= 300 && text.utf8.allSatisfy(\.isVisible)
    return isVisible && schemes.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
  }

  private static func list<Value>(_ text: String, _ read: (Substring) -> Value?) -> [Value]? {
    let parts = text.split(separator: ",").map(ConfigurationFile.trimmed)
    let values = parts.compactMap(read)
    return values.count == parts.count ? values : nil
  }
}
