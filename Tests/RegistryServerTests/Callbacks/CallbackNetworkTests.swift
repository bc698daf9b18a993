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

  /// Takes every connection and closes it.
  private final class Listener: Sendable {
    private let socket: Int32
    private let accepted = Log<Void>()

    var connections: Int { accepted.values.count }

    init(port: UInt16) throws {
      #if os(Linux)
        let socket = Foundation.socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafePointer(to: &address) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        try #require(status == 0 && listen(socket, 128) == 0)
        self.socket = socket
        let accepted = accepted
        Thread.detachNewThread {
          while true {
            let connection = accept(socket, nil, nil)
            if connection < 0 { break }
            accepted.add(())
            close(connection)
          }
          close(socket)
        }
      #else
        throw CancellationError()
      #endif
    }

    deinit {
      #if os(Linux)
        shutdown(socket, Int32(SHUT_RDWR))
      #endif
    }
  }

  @Test(.enabled(if: !PrivateNetwork.isEntered))
  func `calls keep their rules where every address answers`() async throws {
    guard let (status, output) = try await PrivateNetwork.run("CallbackNetworkTests") else {
      print("skipped: only the superuser of Linux, with 'ip', can make a network for this test")
      return
    }
    #expect(status == 0 && output.contains("leads to\" passed"), "\(output)")
  }

  @Test(.enabled(if: PrivateNetwork.isEntered))
  func `no private address is reached, whatever it is called and whatever its name leads to`() async throws {
    let listener = try Listener(port: Self.port)
    let transport = CallbackTransport(insecureHosts: [])
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
    #expect(listener.connections == 0)
    let rebinding = callbacks(RebindingResolver().addresses)
    // The first time to where its name led, which is the one connection that the listener sees.
    for _ in 1...3 { await subscribe("https://rebinding.example.org/", rebinding) }
    #expect(listener.connections == 1)
  }

  private static var client: Client { .connection(ObjectIdentifier(CallbackNetworkTests.self)) }
}
