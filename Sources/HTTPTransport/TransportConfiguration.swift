/// What holds for every request of a transport.
///
/// Read once, passed in whole.
package struct TransportConfiguration: Sendable {
  /// Such as `agent-mesh/1.2.3`.
  package var userAgent: String
  package var proxies: ProxySettings
  package var trust: TrustSettings
  package var connectionsPerHost = 8
  package var connections = 32
  /// Whether plain `http` may be spoken to a host that is not this machine.
  package var allowsInsecure: @Sendable (_ host: String) -> Bool = { _ in false }
  /// Called with every exchange, redirects and repetitions among them.
  package var observe: @Sendable (ExchangeSummary) -> Void = { _ in }
  /// Waits between two tries.
  package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  /// Chance from 0 to 1, for the jitter of pauses.
  package var chance: @Sendable () -> Double = { Double.random(in: 0...1) }

  /// - Parameter environment: the variables of the process, for proxies and certificates.
  package init(userAgent: String, environment: [String: String]) {
    self.userAgent = userAgent
    proxies = ProxySettings(environment: environment)
    trust = TrustSettings(environment: environment)
  }
}
