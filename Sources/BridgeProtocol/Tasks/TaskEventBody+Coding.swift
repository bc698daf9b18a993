extension TaskEventBody: Codable {
  private enum Key: String, CodingKey {
    case type, delta, kind, toolName, toolCallId, content, text, result, attachments, fileTransferOffer, code, message
  }

  private enum Kind: String, Codable { case accepted, chunk, event, note, done, error }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    switch try fields.decode(Kind.self, forKey: .type) {
    case .accepted: self = .accepted
    case .chunk:
      self = .chunk(
        delta: try fields.decode(String.self, forKey: .delta),
        kind: try fields.decodeIfPresent(ChunkKind.self, forKey: .kind) ?? .text,
        toolName: try fields.decodeIfPresent(String.self, forKey: .toolName),
        toolCallId: try fields.decodeIfPresent(String.self, forKey: .toolCallId))
    case .event:
      self = .extra(
        kind: try fields.decode(ExtraEvent.Kind.self, forKey: .kind),
        content: try fields.decode(String.self, forKey: .content))
    case .note: self = .note(try fields.decode(String.self, forKey: .text))
    case .done:
      self = .done(
        result: try fields.decodeIfPresent(String.self, forKey: .result),
        attachments: try fields.decodeIfPresent([Attachment].self, forKey: .attachments) ?? [],
        fileTransferOffer: try fields.decodeIfPresent(FileTransferOffer.self, forKey: .fileTransferOffer))
    case .error:
      self = .failed(
        code: try fields.decode(String.self, forKey: .code),
        message: try fields.decode(String.self, forKey: .message))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    switch self {
    case .accepted: try fields.encode(Kind.accepted, forKey: .type)
    case .chunk(let delta, let kind, let toolName, let toolCallId):
      try fields.encode(Kind.chunk, forKey: .type)
      try fields.encode(delta, forKey: .delta)
      try fields.encode(kind, forKey: .kind)
      try fields.encodeIfPresent(toolName, forKey: .toolName)
      try fields.encodeIfPresent(toolCallId, forKey: .toolCallId)
    case .extra(let kind, let content):
      try fields.encode(Kind.event, forKey: .type)
      try fields.encode(kind, forKey: .kind)
      try fields.encode(content, forKey: .content)
    case .note(let text):
      try fields.encode(Kind.note, forKey: .type)
      try fields.encode(text, forKey: .text)
    case .done(let result, let attachments, let offer):
      try fields.encode(Kind.done, forKey: .type)
      try fields.encodeIfPresent(result, forKey: .result)
      if !attachments.isEmpty { try fields.encode(attachments, forKey: .attachments) }
      try fields.encodeIfPresent(offer, forKey: .fileTransferOffer)
    case .failed(let code, let message):
      try fields.encode(Kind.error, forKey: .type)
      try fields.encode(code, forKey: .code)
      try fields.encode(message, forKey: .message)
    }
  }
}
