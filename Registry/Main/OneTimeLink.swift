import Foundation
import RegistryAPI
import RegistryServer
import RegistryStore

/// A link that works once, for whoever has it.
struct OneTimeLink {
  let address: String

  /// - Parameters:
  ///   - listening: Host and port of this machine, for a registry without a public address.
  init(_ secret: Secret, at publicAddress: WebOrigin?, listening: String) {
    let local = WebOrigin("http://" + listening)
    let port = local.map { ":\($0.port)" } ?? ""
    // Whatever else it listens on, people sign in without a public address on this machine alone.
    let own = local.flatMap { $0.isLoopback ? $0.description : nil } ?? "http://127.0.0.1" + port
    address = (publicAddress?.description ?? own) + Route.link.path([secret.text])
  }

  /// On stderr, so that the address on stdout stays alone.
  func printAsFirstAccount() {
    FileHandle.standardError.write(Data("Make the first account here, within three days: \(address)\n".utf8))
  }
}
