import BridgeProtocol

/// A piece of an answer as pages show it: text, something folded, or a word on what goes on.
///
/// The module that follows an answer puts the same events into the same pieces.
struct AnswerPart: Sendable {
  enum Kind: Sendable, Hashable {
    case text, thinking, artifact, status
    case tool(String)

    var isFolded: Bool { self != .text && self != .status }
  }

  let kind: Kind
  let isText: Bool
  let isFolded: Bool
  /// What stands on it while it is folded.
  let partLabel: String
  /// Names the tool whose pieces belong together; empty for none.
  let partTool: String
  var partText: String

  init(_ kind: Kind, label: String = "", _ text: String) {
    self.kind = kind
    isText = kind == .text
    isFolded = kind.isFolded
    partLabel = label
    partTool = if case .tool(let id) = kind { id } else { "" }
    partText = text
  }
}

extension [AnswerPart] {
  mutating func add(_ body: TaskEventBody) {
    switch body {
    case .chunk(let delta, let kind, let toolName, let toolCallID):
      add(delta, kind, toolName ?? "tool", toolCallID ?? "tool")
    case .extra(.message, let content), .extra(.inputRequired, let content): extend(.text, content)
    case .extra(.artifact, let content): append(AnswerPart(.artifact, label: "Artifact", content))
    case .extra(.reject, let content): append(AnswerPart(.status, content))
    case .note(let text): append(AnswerPart(.status, text))
    case .accepted, .extra(.usage, _), .done, .failed: break
    }
  }

  private mutating func add(_ delta: String, _ kind: ChunkKind, _ toolName: String, _ toolCallID: String) {
    switch kind {
    case .text: extend(.text, delta)
    case .thinking: extend(.thinking, label: "Thinking", delta)
    case .toolStart: append(AnswerPart(.tool(toolCallID), label: "Tool: \(toolName)", delta))
    case .toolInput: extend(.tool(toolCallID), label: "Tool: \(toolName)", delta)
    case .toolResult: extend(.tool(toolCallID), label: "Tool: \(toolName)", "\n" + delta)
    case .status: append(AnswerPart(.status, delta))
    }
  }

  /// Goes on with the last piece when it is of that kind.
  private mutating func extend(_ kind: AnswerPart.Kind, label: String = "", _ text: String) {
    if let last = indices.last, self[last].kind == kind {
      self[last].partText += text
    } else {
      append(AnswerPart(kind, label: label, text))
    }
  }
}
