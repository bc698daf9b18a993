import Foundation

/// What a swarm tells whoever has started it, one line of JSON each.
enum SwarmLine: Codable, Sendable {
  struct Result: Codable, Sendable {
    /// Milliseconds from when a message was due to when it was back, 99 of 100.
    var p99: Double
    var median: Double
    /// Messages that came back a second, while the load lasted.
    var rate: Double
    /// Messages that were sent and did not come back.
    var lost: Int
  }

  case counts(SwarmStatus.Counts)
  case result(Result)

  var text: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  init(parsing text: some StringProtocol) throws {
    self = try JSONDecoder().decode(SwarmLine.self, from: Data(text.utf8))
  }
}
