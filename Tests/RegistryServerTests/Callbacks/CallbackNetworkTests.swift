import Foundation
import HTTPTransport
import RegistryStore
import Skills
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// Calls for real, in a network in which every address answers.
@Suite(.timeLimit(.minutes(5))) struct CallbackNetworkTests {
  private static let port: UInt16 = 443

  /// Leads to the open network when it is asked first, and to this machine from then on.
  private final class RebindingResolver: Sendable {
    private let questions = Mutex(0)

    func addresses(of host: String) async throws -> [IPAddress] {
      let isFirst = questions.withLock { count in
        count += 1
        return count == 1
      }
      return [isFirst ? "8.8.8.8" : "127.0.0.1"].compactMap { IPAddress($0) }
    }
  }

  @Test func `no private address is reached, whatever it is called and whatever its name leads to`() async throws {
    let transport = CallbackTransport(insecureHosts: [])
    let network = try await PrivateNetwork.make(port: Self.port) {
      // The thread that makes connections begins here, and stays in this network.
      transport.transport.prepare()
    }
    guard let network else {
      print("skipped: only the superuser of Linux, with 'ip', can make a network for this test")
      return
    }
    defer { transport.transport.settle() }
    let folder = try TemporaryFolder()
    let store = try RegistryStore(folder: folder.path.appending("data"))
    let clients = CallbackNetworkTests.client
    func callbacks(_ resolve: @escaping CallbackGuard.Resolver) -> Callbacks {
      Callbacks(
        webhooks: store.webhooks, policy: CallbackGuard(privateOrigins: [], resolve: resolve), transport: transport,
        now: { Date() })
    }
    let new = NewAccount(
      handle: try AuthorName(parsing: "ada"), password: try Password(parsing: "correct horse"),
      email: try EmailAddress(parsing: "ada@example.org"))
    let account = try await store.accounts.signUp(new, with: nil, at: Date())
    func subscribe(_ url: String, _ callbacks: Callbacks) async {
      // Nobody in this network has a certificate: not even what may be called answers.
      await #expect(throws: (any Error).self, "\(url)") {
        _ = try await callbacks.subscribe(url, events: [], by: account.id, rotatesKey: false, for: clients)
      }
    }
    let system = callbacks(SystemResolver().addresses)
    for host in HostileHosts.literal { await subscribe("https://\(host)/", system) }
    for address in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "fd00::1", "::1"] {
      await subscribe("https://hooks.example.org/", callbacks { _ in [address].compactMap { IPAddress($0) } })
    }
    #expect(network.connections == 0)
    let rebinding = callbacks(RebindingResolver().addresses)
    // The first time to where its name led, which is the one connection that the listener sees.
    for _ in 1...3 { await subscribe("https://rebinding.example.org/", rebinding) }
    #expect(network.connections == 1)
  }

  private static var client: Client { .connection(ObjectIdentifier(CallbackNetworkTests.self)) }
}
