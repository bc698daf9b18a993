import BridgeProtocol
import Foundation
import NIOCore
import RegistryAPI
import RegistryStore

/// The events of `/chat`: each thing that the log says, as parts of one message that begin and end.
struct ChatEventRenderer: TaskEventRenderer {
  let task: TaskRecord
  private var open: (part: ChatEvent.Part, id: String)?
  /// How many parts there have been.
  private var count = 0

  init(_ task: TaskRecord) {
    self.task = task
  }

  func opening() throws -> ByteBuffer {
    var buffer = ServerSentEvent.retry
    try Self.write([.start(messageID: task.requestID), .startStep], id: 0, to: &buffer)
    return buffer
  }

  mutating func render(_ reading: TaskReading) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    switch reading {
    // What is gone of the log is gone; the rest goes on.
    case .keepalive, .reset: buffer.writeImmutableBuffer(ServerSentEvent.keepalive)
    case .event(let event):
      let body = try TaskEventBody(event)
      try Self.write(events(of: body), id: event.sequence, to: &buffer)
      if body.isEnding { buffer.writeString("data: [DONE]\n\n") }
    }
    return buffer
  }

  private mutating func events(of body: TaskEventBody) -> [ChatEvent] {
    switch body {
    case .accepted, .note: []
    case .chunk(let delta, let kind, let toolName, let toolCallId):
      chunk(delta, kind, toolName ?? "tool", toolCallId ?? "tool")
    case .extra(.message, let content): piece(of: .text, content)
    case .extra: []
    case .done(_, let attachments, _): done(attachments)
    case .failed(_, let message): close() + [.error(message), .finishStep, .finish(reason: "error")]
    }
  }

  private mutating func chunk(
    _ delta: String, _ kind: ChunkKind, _ toolName: String, _ toolCallID: String
  ) -> [ChatEvent] {
    switch kind {
    case .text: piece(of: .text, delta)
    case .thinking: piece(of: .reasoning, delta)
    case .toolStart: close() + [.toolInputStart(id: toolCallID, name: toolName)]
    case .toolInput: close() + [.toolInputDelta(id: toolCallID, delta: delta)]
    case .toolResult: close() + [.toolOutput(id: toolCallID, output: delta)]
    case .status: []
    }
  }

  private mutating func done(_ attachments: [Attachment]) -> [ChatEvent] {
    var events = close()
    for (index, attachment) in attachments.enumerated() {
      events.append(.source(id: "source-\(index + 1)", url: attachment.url, title: attachment.name))
    }
    return events + [.finishStep, .finish(reason: "stop")]
  }

  /// Goes on with the part that is open, or ends it and begins one.
  private mutating func piece(of part: ChatEvent.Part, _ delta: String) -> [ChatEvent] {
    if let open, open.part == part { return [.partDelta(part, id: open.id, delta: delta)] }
    let ended = close()
    count += 1
    let id = "\(part.rawValue)-\(count)"
    open = (part, id)
    return ended + [.partStart(part, id: id), .partDelta(part, id: id, delta: delta)]
  }

  private mutating func close() -> [ChatEvent] {
    defer { open = nil }
    return open.map { [.partEnd($0.part, id: $0.id)] } ?? []
  }

  /// The last of them says how far the log has been read.
  private static func write(_ events: [ChatEvent], id: Int, to buffer: inout ByteBuffer) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (index, event) in events.enumerated() {
      let data = Array(try encoder.encode(event))
      ServerSentEvent(id: index == events.count - 1 ? id : nil, data: data).write(to: &buffer)
    }
  }
}
