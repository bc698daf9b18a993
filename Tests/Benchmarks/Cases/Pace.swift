import Foundation
import Synchronization

/// Requests that are due at fixed times, whatever became of those before: one that is late makes those behind it late,
/// too.
struct Pace: Sendable {
  let connections: Int
  /// Requests a second, of all connections together.
  let rate: Int
  let seconds: Int

  /// Milliseconds from when each request was due to its answer.
  ///
  /// - Parameters:
  ///   - requests: Sent in turn, over and over.
  ///   - isExpected: Whether an answer is the right one.
  ///   - others: Threads that do `work` meanwhile; it gets the number of its thread and a question whether to go on.
  /// - Throws: `Failure` for an answer that is not expected.
  func waits(
    _ port: UInt16, _ requests: [[UInt8]], expecting isExpected: @escaping @Sendable (HTTPAnswer) -> Bool,
    beside others: Int = 0, _ work: @escaping @Sendable (Int, () -> Bool) throws -> Void = { _, _ in }
  ) throws -> Sample {
    let all = Mutex<[Double]>([])
    let start = ContinuousClock.now
    _ = try Crowd(clients: connections + others, seconds: seconds).rate { client, proceed in
      guard client < connections else {
        try work(client - connections, proceed)
        return 1
      }
      let own = try self.waits(of: client, from: start, port, requests, isExpected)
      all.withLock { $0 += own }
      return own.count
    }
    return Sample(all.withLock { $0 })
  }

  private func waits(
    of client: Int, from start: ContinuousClock.Instant, _ port: UInt16, _ requests: [[UInt8]],
    _ isExpected: (HTTPAnswer) -> Bool
  ) throws -> [Double] {
    var connection = try HTTPConnection.open(port: port)
    var waits: [Double] = []
    for number in stride(from: client, to: rate * seconds, by: connections) {
      let due = start + Duration.seconds(1) * number / rate
      Thread.sleep(forTimeInterval: max((due - ContinuousClock.now).seconds, 0))
      let answer = try connection.answer(to: requests[number % requests.count])
      waits.append((ContinuousClock.now - due).milliseconds)
      guard isExpected(answer) else {
        throw Failure("a request got \(answer.status): \(String(decoding: answer.body.prefix(500), as: UTF8.self))")
      }
      if answer["connection"]?.lowercased() == "close" { connection = try HTTPConnection.open(port: port) }
    }
    return waits
  }
}
