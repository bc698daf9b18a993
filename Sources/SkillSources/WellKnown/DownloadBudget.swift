import Skills
import Synchronization

/// What all downloads from one site may take together, however many entries its index has.
final class DownloadBudget: Sendable {
  private struct Left {
    var bytes: Int
    var requests: Int
    var exhaustion: MeshError?
  }

  private let left: Mutex<Left>
  private let deadline: ContinuousClock.Instant

  init(bytes: Int, requests: Int, time: Duration) {
    left = Mutex(Left(bytes: bytes, requests: requests))
    deadline = .now + time
  }

  /// Why no further request is allowed; nil while some are.
  var exhaustion: MeshError? { left.withLock { $0.exhaustion } }

  /// Allows one request, and how much it may bring in which time.
  ///
  /// - Throws: `payload_too_large` or `timeout` when nothing is left.
  func begin(_ limit: Int) throws(MeshError) -> (bytes: Int, time: Duration) {
    let time = ContinuousClock.now.duration(to: deadline)
    let bytes = try take { (left) throws(MeshError) in
      guard time > .zero else { throw MeshError(.timeout, "the site takes too long", hint: Self.hint) }
      guard left.requests > 0 else { throw Self.tooMuch("files") }
      left.requests -= 1
      return min(limit, left.bytes)
    }
    return (bytes, time)
  }

  /// Counts what a request has brought.
  func spend(_ bytes: Int) throws(MeshError) {
    try take { (left) throws(MeshError) in
      left.bytes -= bytes
      guard left.bytes > 0 else { throw Self.tooMuch("bytes") }
    }
  }

  private func take<Value>(_ step: (inout Left) throws(MeshError) -> Value) throws(MeshError) -> Value {
    try left.withLock { (left) throws(MeshError) in
      if let exhaustion = left.exhaustion { throw exhaustion }
      do throws(MeshError) {
        return try step(&left)
      } catch {
        left.exhaustion = error
        throw error
      }
    }
  }

  private static let hint: Message = "Name the skills that you want with --skill <name>."

  private static func tooMuch(_ what: String) -> MeshError {
    MeshError(.payloadTooLarge, "the skills of the site have more \(what) than are read at once", hint: hint)
  }
}
