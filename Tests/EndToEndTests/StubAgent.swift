import Foundation
import TestSupport

/// A registry with one agent that answers every task with the same events.
final class StubAgent: Sendable {
  static let id = "3f0c1d5e-0000-4000-8000-000000000001"

  private let server: TestServer
  private let cancelled: Signal

  /// - Parameters:
  ///   - events: The data of what it says, each after the one before.
  ///   - isEndless: Whether it goes on until it is asked to leave the task.
  init(_ events: [String], isEndless: Bool = false) {
    let cancelled = Signal()
    self.cancelled = cancelled
    server = TestServer { request, connection in
      let path = request.target.split(separator: "?").first.map(String.init) ?? ""
      switch path.split(separator: "/").last.map(String.init) {
      case "call", "chat":
        try connection.reply(
          202, headers: ["Content-Type: application/json"],
          #"{"request_id":"r1","call_id":"c1","session_key":"s1","status":"pending"}"#)
      case "events":
        let body = events.enumerated().map { "id: \($0.offset + 1)\ndata: \($0.element)\n\n" }.joined()
        try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body)
        if isEndless { cancelled.block() }
        connection.close()
      case "cancel":
        cancelled.fire()
        try connection.reply(200, headers: ["Content-Type: application/json"], #"{"success":true,"message":"done"}"#)
      default:
        try connection.reply(
          404, headers: ["Content-Type: application/problem+json"], #"{"error":"not_found","message":"nothing here"}"#)
      }
    }
  }

  var requests: [ReceivedRequest] { server.requests }

  /// How somebody is logged in to it.
  var environment: [String: String] {
    [
      "AGENT_MESH_REGISTRY": "http://127.0.0.1:\(server.port)",
      "AGENT_MESH_TOKEN": "ah_" + String(repeating: "t", count: 40),
    ]
  }
}
