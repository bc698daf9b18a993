import RegistryClient
import Skills
import Synchronization

/// The registries that an installation may speak to: one that is meant when none is named, and those that manifests,
/// locks and records name.
package struct Registries: Sendable {
  package let standard: RegistryAddress
  /// Whether the standard one was named for this very command, so that it comes before what a manifest says.
  package let isChosen: Bool
  private let connect: @Sendable (RegistryAddress) throws(MeshError) -> RegistryClient
  private let connections = Connections()

  /// The clients that were asked for, by what files call their registries.
  private final class Connections: Sendable {
    let clients = Mutex<[String?: RegistryClient]>([:])
  }

  package init(
    standard: RegistryAddress, isChosen: Bool = false,
    connect: @escaping @Sendable (RegistryAddress) throws(MeshError) -> RegistryClient
  ) {
    self.standard = standard
    self.isChosen = isChosen
    self.connect = connect
  }

  /// One registry and no other.
  package init(_ client: RegistryClient) {
    self.init(standard: client.address) { address throws(MeshError) in
      guard address == client.address else {
        throw MeshError(
          .conflict, "this comes from \(address), and not from \(client.address)",
          hint: "Use --registry with that address; a name never moves to another registry.")
      }
      return client
    }
  }

  /// What a manifest has to say of a skill of the standard registry, when its own registry is `other`.
  func differing(from other: String?) -> String? {
    guard let other, (try? RegistryAddress(parsing: other)) != standard else { return nil }
    return standard.text
  }

  /// - Parameter text: An address as a file has it; nil for the standard registry.
  package func client(at text: String?) throws(MeshError) -> RegistryClient {
    if let known = connections.clients.withLock({ $0[text] }) { return known }
    let client = try connect(text.map { text throws(MeshError) in try RegistryAddress(parsing: text) } ?? standard)
    connections.clients.withLock { $0[text] = client }
    return client
  }
}
