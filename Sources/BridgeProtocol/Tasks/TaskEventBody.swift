/// What is in the log of a task, in the words of every reader.
package enum TaskEventBody: Hashable, Sendable {
  /// The agent has recorded the start.
  case accepted
  case chunk(delta: String, kind: ChunkKind, toolName: String?, toolCallId: String?)
  case extra(kind: ExtraEvent.Kind, content: String)
  /// What the bridge itself says about the request, such as that its agent reconnects.
  case note(String)
  /// - Parameter result: The full text, from agents that send it; in the log it stands in chunks alone.
  case done(result: String?, attachments: [Attachment], fileTransferOffer: FileTransferOffer?)
  /// See `BridgeErrorCode`; others are possible.
  case failed(code: String, message: String)

  /// Nothing comes after it.
  package var isEnding: Bool {
    switch self {
    case .done, .failed: true
    case .accepted, .chunk, .extra, .note: false
    }
  }

  /// Bytes that count in the windows of flow control: those of the text, and of nothing around it.
  package var payloadBytes: Int {
    switch self {
    case .chunk(let delta, _, _, _): delta.utf8.count
    case .extra(_, let content): content.utf8.count
    case .done(let result, _, _): result?.utf8.count ?? 0
    case .accepted, .note, .failed: 0
    }
  }
}
