/// An event of a chat: the UI-message set of the AI SDK, version 5, whose keys are in camel case.
enum ChatEvent: Encodable, Sendable {
  /// A part of a message that comes piece by piece.
  enum Part: String, Sendable { case text, reasoning }

  case start(messageID: String)
  case startStep
  case partStart(Part, id: String)
  case partDelta(Part, id: String, delta: String)
  case partEnd(Part, id: String)
  case toolInputStart(id: String, name: String)
  case toolInputDelta(id: String, delta: String)
  case toolOutput(id: String, output: String)
  case source(id: String, url: String, title: String)
  case error(String)
  case finishStep
  case finish(reason: String)

  private enum Key: String, CodingKey {
    case type, messageId, id, delta, toolCallId, toolName, inputTextDelta, output, sourceId, url, title, errorText
    case finishReason
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let (type, fields) = content
    try container.encode(type, forKey: .type)
    for (key, value) in fields { try container.encode(value, forKey: key) }
  }

  private var content: (type: String, fields: [(Key, String)]) {
    switch self {
    case .start(let id): ("start", [(.messageId, id)])
    case .startStep: ("start-step", [])
    case .partStart(let part, let id): ("\(part.rawValue)-start", [(.id, id)])
    case .partDelta(let part, let id, let delta): ("\(part.rawValue)-delta", [(.id, id), (.delta, delta)])
    case .partEnd(let part, let id): ("\(part.rawValue)-end", [(.id, id)])
    case .toolInputStart(let id, let name): ("tool-input-start", [(.toolCallId, id), (.toolName, name)])
    case .toolInputDelta(let id, let delta): ("tool-input-delta", [(.toolCallId, id), (.inputTextDelta, delta)])
    case .toolOutput(let id, let output): ("tool-output-available", [(.toolCallId, id), (.output, output)])
    case .source(let id, let url, let title): ("source-url", [(.sourceId, id), (.url, url), (.title, title)])
    case .error(let text): ("error", [(.errorText, text)])
    case .finishStep: ("finish-step", [])
    case .finish(let reason): ("finish", [(.finishReason, reason)])
    }
  }
}
