/// The frames that have a number; their JSON is that of the frame.
package enum JournaledFrame: Hashable, Sendable {
  case chunk(Chunk)
  case done(Completion)
  case error(RequestFailure)
  case event(ExtraEvent)

  package var agentFrame: AgentFrame {
    switch self {
    case .chunk(let chunk): .chunk(chunk)
    case .done(let done): .done(done)
    case .error(let error): .error(error)
    case .event(let event): .event(event)
    }
  }

  /// Nothing comes after it.
  package var isEnding: Bool {
    switch self {
    case .done, .error: true
    case .chunk, .event: false
    }
  }

  /// Bytes that count in the windows, as `TaskEventBody.payloadBytes` counts them.
  package var payloadBytes: Int {
    switch self {
    case .chunk(let chunk): chunk.delta.utf8.count
    case .done(let done): done.result?.utf8.count ?? 0
    case .error: 0
    case .event(let event): event.content.utf8.count
    }
  }

  /// Bytes of the texts of a runtime in it, as the frame has them in JSON.
  var jsonBytes: Int {
    switch self {
    case .chunk(let chunk): [chunk.delta, chunk.toolName ?? "", chunk.toolCallId ?? ""].map(\.jsonBytes).reduce(0, +)
    case .done(let done): (done.attachments ?? []).map(\.jsonBytes).reduce(0, +)
    case .error(let error): error.code.jsonBytes + error.message.jsonBytes
    case .event(let event): event.content.jsonBytes
    }
  }
}

extension Attachment {
  /// With room for the keys.
  fileprivate var jsonBytes: Int { name.jsonBytes + url.jsonBytes + (type?.jsonBytes ?? 0) + 40 }
}

extension JournaledFrame: Codable {
  package init(from decoder: any Decoder) throws {
    let type = try decoder.container(keyedBy: FrameTypeKey.self).decode(String.self, forKey: .type)
    switch try AgentFrame(type: type, from: decoder) {
    case .chunk(let chunk): self = .chunk(chunk)
    case .done(let done): self = .done(done)
    case .error(let error): self = .error(error)
    case .event(let event): self = .event(event)
    default:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "A frame of type \(type) has no number"))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    try agentFrame.encode(to: encoder)
  }
}
