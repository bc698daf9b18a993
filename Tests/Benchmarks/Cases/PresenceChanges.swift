import BridgeProtocol
import Foundation
import HTTPTransport
import RegistryStore
import Skills
import Synchronization

/// How soon others see that an agent has gone, and how soon the end of its token ends its connection.
struct PresenceChanges {
  let bench: Bench
  private let data = "presence-data"
  private var rounds: Int { bench.effort.large }

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let people = try AgentPopulation.make(1, in: bench.scratch[data])
    guard let agent = people.agents.first, let account = people.account.map(AccountID.init) else {
      throw Failure("there are no agents")
    }
    let connection = AgentConnection(port: registry.port, agent: agent.id)
    let offline = try times(Array(repeating: agent.token, count: rounds), connection.timeToOffline)
    let closed = try times(tokens(of: account), connection.timeToClose)
    // In use until here: it would be ended before.
    _ = try registry.usage()
    return Report(rows: [
      Row("an agent is offline after a clean close", .milliseconds, offline, aim: .atMost(1_000)),
      Row("a connection is closed after its token was revoked", .milliseconds, closed, aim: .atMost(2_000)),
    ])
  }

  /// One measurement after the other, each with a token.
  private func times(
    _ tokens: [String], _ measure: @escaping @Sendable (String) async throws -> Double
  ) throws -> Sample {
    let times = Mutex<[Double]>([])
    try blocking {
      for token in tokens {
        try Interruption.check()
        let time = try await measure(token)
        times.withLock { $0.append(time) }
      }
    }
    return Sample(times.withLock { $0 })
  }

  /// A token for each round, made beside the server.
  private func tokens(of account: AccountID) throws -> [String] {
    let (folder, rounds) = (bench.scratch[data], rounds)
    let made = Mutex<[String]>([])
    try blocking {
      let store = try RegistryStore(folder: folder)
      for number in 0..<rounds {
        let token = NewToken(name: try DisplayName(parsing: "agent \(number)"), scope: .everything, expiresAt: nil)
        let secret = try await store.accounts.createToken(token, for: account, at: Date()).secret
        made.withLock { $0.append(secret) }
      }
      try store.close()
    }
    return made.withLock { $0 }
  }
}

/// Connects an agent again and again, and waits for what becomes of it.
private struct AgentConnection: Sendable {
  private static let timeout = Duration.seconds(30)

  let port: UInt16
  let agent: String
  private let transport = HTTPTransport(TransportConfiguration(userAgent: "benchmark", environment: [:]))

  init(port: UInt16, agent: String) {
    self.port = port
    self.agent = agent
  }

  /// Milliseconds from a clean close to an answer which says that the agent is offline.
  @Sendable func timeToOffline(_ token: String) async throws -> Double {
    let socket = try await connect(token)
    let start = ContinuousClock.now
    await socket.close(1000)
    while try isOnline(token) {
      guard ContinuousClock.now - start < Self.timeout else { throw Failure("an agent that has gone stays online") }
    }
    return (ContinuousClock.now - start).milliseconds
  }

  /// Milliseconds from the request that ends a token to the close frame on the connection that was made with it.
  @Sendable func timeToClose(_ token: String) async throws -> Double {
    let socket = try await connect(token)
    let start = ContinuousClock.now
    let answer = try answer(to: HTTPMessages.delete("/api/user/token", headers: Self.fields(token)))
    guard answer.status == 204 else { throw Failure("revoking a token got \(answer.status)") }
    var time: Double?
    while let message = try await socket.receive() {
      if case .close(4002?, _) = message { time = (ContinuousClock.now - start).milliseconds }
    }
    guard let time else { throw Failure("a connection ended without saying that its token was revoked") }
    return time
  }

  private func connect(_ token: String) async throws -> WebSocketConnection {
    let url = try HTTPURL(webSocket: "ws://127.0.0.1:\(port)/ws?agent_id=\(agent)")
    let socket = try await transport.webSocket(HTTPRequest(.get, url), protocols: [BridgeExtension.meshV3])
    let registration = Registration(
      agentId: agent, token: token, agentType: "exec", ext: [BridgeExtension.meshV3],
      instanceId: UUID().uuidString.lowercased(), connEpoch: 1)
    try await socket.send(FrameCoding.encode(AgentFrame.register(registration)))
    guard case .text(let bytes)? = try await socket.receive(),
      case .registered(let response) = try FrameCoding.bridgeFrame(bytes), response.status == .ok
    else { throw Failure("an agent was refused") }
    return socket
  }

  private func isOnline(_ token: String) throws -> Bool {
    let answer = try answer(to: HTTPMessages.get("/api/agents/\(agent)/status", headers: Self.fields(token)))
    let fields = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    guard let isOnline = fields?["online"] as? Bool else { throw Failure("a status got \(answer.status)") }
    return isOnline
  }

  private func answer(to request: [UInt8]) throws -> HTTPAnswer {
    var connection = try HTTPConnection.open(port: port)
    return try connection.answer(to: request)
  }

  private static func fields(_ token: String) -> [String] { ["Authorization: Bearer \(token)"] }
}
