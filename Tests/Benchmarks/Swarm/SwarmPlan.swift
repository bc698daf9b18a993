import Foundation

/// What the clients of a process of their own do.
struct SwarmPlan: Codable, Sendable {
  struct Agent: Codable, Sendable {
    var id: String
    var token: String
  }

  enum Peer: Codable, Sendable {
    /// Agents at a registry; each has as many callers as `Load` says.
    case agents([Agent], caller: String)
    /// Clients of a bare WebSocket echo, or of any server that they tell nothing.
    case echo(sockets: Int, path: String = "/")
    /// Requests that come back as replies, through a NATS server.
    case nats(sockets: Int)
    /// Requests of which nobody reads the responses.
    case stuck([UInt8], count: Int)
  }

  struct Load: Codable, Sendable {
    /// Streams over each socket.
    var lanes: Int
    var pace: Pace
    var seconds: Int
  }

  enum Pace: Codable, Sendable {
    /// Messages a second on each stream, due at fixed times.
    case rate(Int)
    /// Messages of each stream that are under way, all the time.
    case window(Int)
  }

  var port: UInt16
  var peer: Peer
  /// Nil for being there and nothing else, until the process is ended.
  var load: Load?
  /// Milliseconds from one new connection to the next.
  var spacing: Int64 = 2
}
