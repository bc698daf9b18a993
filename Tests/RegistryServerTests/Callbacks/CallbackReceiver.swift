import Foundation
import TestSupport

@testable import RegistryServer

/// The other end of callbacks: echoes challenges, and keeps every other call.
final class CallbackReceiver: Sendable {
  private let server: TestSupport.TestServer
  private let log: Log<ReceivedRequest>
  /// Every call as it comes.
  let calls: AsyncStream<ReceivedRequest>

  /// - Parameter status: What it answers the call of that number, from 1.
  init(echoes: Bool = true, status: @escaping @Sendable (Int) -> Int = { _ in 200 }) {
    let log = Log<ReceivedRequest>()
    let (calls, call) = AsyncStream.makeStream(of: ReceivedRequest.self)
    (self.log, self.calls) = (log, calls)
    server = TestSupport.TestServer { request, connection in
      let body = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] ?? [:]
      if let challenge = body["challenge"] as? String {
        return try connection.reply(200, echoes ? challenge + "\n" : "hello")
      }
      log.add(request)
      try connection.reply(status(log.values.count))
      call.yield(request)
    }
  }

  var received: [ReceivedRequest] { log.values }
  var origin: String { "http://127.0.0.1:\(server.port)" }
  var url: String { "\(origin)/hook" }

  /// A registry that may call it.
  func scene() async throws -> AgentScene {
    try await AgentScene { $0.callbackOrigins = Set([WebOrigin(origin)].compactMap(\.self)) }
  }
}
