import BridgeProtocol
import Foundation
import NIOCore

/// The frame of a token, encoded once: what the clients do for each of them is next to nothing.
struct ChunkTemplate: Sendable {
  private let head: String
  private let middle: String
  private let tail: String

  /// Nil when the frame is not as it is expected.
  init?(requestID: String, sessionID: String, attempt: Int) {
    let (delta, seq) = ("%delta%", 987_654_321)
    let chunk = Chunk(sessionId: sessionID, requestId: requestID, delta: delta, attempt: attempt, seq: seq)
    let text = String(decoding: FrameCoding.encode(.chunk(chunk)), as: UTF8.self)
    let parts = text.components(separatedBy: delta)
    let rest = parts.last?.components(separatedBy: "\(seq)") ?? []
    guard parts.count == 2, rest.count == 2 else { return nil }
    (head, middle, tail) = (parts[0], rest[0], rest[1])
  }

  func text(_ stamp: Stamp, seq: Int) -> ByteBuffer {
    ByteBuffer(string: "\(head)\(stamp.text)\(middle)\(seq)\(tail)")
  }
}
