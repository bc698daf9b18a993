import BridgeProtocol
import Foundation
import NIOCore
import RegistryAPI
import RegistryStore

/// The events of `/call` and of a task, with their positions as identifiers.
struct CallEventRenderer: TaskEventRenderer {
  let task: TaskRecord
  /// The position after which the stream begins.
  let after: Int
  /// Whether there is a `start`, which version 2 of the relay does not know.
  var hasStart = true

  init(_ task: TaskRecord, after: Int = 0, hasStart: Bool = true) {
    self.task = task
    self.after = after
    self.hasStart = hasStart
  }

  func opening() throws -> ByteBuffer {
    var buffer = ServerSentEvent.retry
    guard hasStart else { return buffer }
    let start = CallEvent(
      type: .start, callId: task.callID, requestId: task.requestID, sessionKey: task.sessionKey,
      recovered: after > 0 ? true : nil)
    try Self.write(start, id: after, to: &buffer)
    return buffer
  }

  mutating func render(_ reading: TaskReading) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    switch reading {
    case .keepalive:
      buffer.writeImmutableBuffer(ServerSentEvent.keepalive)
      try Self.write(CallEvent(type: .keepalive), id: nil, to: &buffer)
    case .reset(let first): try Self.write(CallEvent(type: .reset, firstSeq: first), id: nil, to: &buffer)
    case .event(let event):
      let body = try TaskEventBody(event)
      for part in parts(of: body, at: event.at) { try Self.write(part, id: event.sequence, to: &buffer) }
    }
    return buffer
  }

  private mutating func parts(of body: TaskEventBody, at time: Date) -> [CallEvent] {
    switch body {
    case .accepted: return []
    case .chunk(let delta, let kind, let toolName, let toolCallId):
      return [
        CallEvent(
          type: .chunk, delta: delta, kind: kind == .text ? nil : kind.rawValue, toolName: toolName,
          toolCallId: toolCallId)
      ]
    case .extra(let kind, let content): return [CallEvent(type: .chunk, delta: content, kind: kind.rawValue)]
    case .note(let text): return [CallEvent(type: .chunk, delta: text, kind: ChunkKind.status.rawValue)]
    case .done(_, let attachments, let offer):
      let duration = task.duration(until: time)
      return [CallEvent(type: .done, attachments: attachments, fileTransferOffer: offer, durationMs: duration)]
    case .failed(let code, let message): return [CallEvent(type: .error, code: code, message: message)]
    }
  }

  private static func write(_ event: CallEvent, id: Int?, to buffer: inout ByteBuffer) throws {
    ServerSentEvent(id: id, data: try WireCoding.encode(event)).write(to: &buffer)
  }
}

extension TaskRecord {
  /// Milliseconds that it has taken.
  func duration(until end: Date) -> Int { max(0, Int(end.timeIntervalSince(startedAt ?? createdAt) * 1_000)) }
}
