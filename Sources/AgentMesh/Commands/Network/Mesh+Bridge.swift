import AgentNetwork
import HTTPTransport
import Skills

extension Mesh {
  /// Refuses a bridge to which plain text would go over a network, as every other request does.
  ///
  /// - Throws: `usage`; `configurationError` when the settings cannot be read.
  func checkEncryption(of bridge: BridgeAddress) throws(MeshError) {
    let origin = bridge.origin
    if origin.scheme == .https || origin.isLoopback { return }
    if try settings.read().insecureHosts.contains(origin.host) { return }
    throw MeshError(
      .usage, "the bridge \(bridge) is not encrypted, and others could read the token",
      hint: """
        Write it as wss\(bridge.description.dropFirst(2)), or list the host under 'insecure_hosts' in \
        ~/.agent-mesh/config.json.
        """)
  }
}
