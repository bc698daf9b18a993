/// A numbered frame, in the words of the log.
struct RelayArrival: Sendable {
  /// Bytes of the reason of a failure that are kept: no quota of text counts them.
  private static let codeBytes = 100
  private static let reasonBytes = 8 << 10

  let requestId: String
  /// Absent in frames that only `mesh.v3` has.
  let sessionId: String?
  let attempt: Int?
  let seq: Int?
  let event: TaskEventBody

  init?(_ frame: AgentFrame) {
    switch frame {
    case .chunk(let chunk):
      (requestId, sessionId, attempt, seq) = (chunk.requestId, chunk.sessionId, chunk.attempt, chunk.seq)
      event = .chunk(
        delta: chunk.delta, kind: chunk.kind ?? .text, toolName: chunk.toolName, toolCallId: chunk.toolCallId)
    case .done(let done):
      (requestId, sessionId, attempt, seq) = (done.requestId, done.sessionId, done.attempt, done.seq)
      event = .done(
        result: done.result, attachments: done.attachments ?? [], fileTransferOffer: done.fileTransferOffer)
    case .error(let error):
      (requestId, sessionId, attempt, seq) = (error.requestId, error.sessionId, error.attempt, error.seq)
      event = .failed(
        code: Self.beginning(of: error.code, Self.codeBytes),
        message: Self.beginning(of: error.message, Self.reasonBytes))
    case .event(let extra):
      (requestId, sessionId, attempt, seq) = (extra.requestId, nil, extra.attempt, extra.seq)
      event = .extra(kind: extra.kind, content: extra.content)
    default: return nil
    }
  }

  /// A character that is cut through becomes U+FFFD.
  private static func beginning(of text: String, _ bytes: Int) -> String {
    text.utf8.count <= bytes ? text : String(decoding: text.utf8.prefix(bytes), as: UTF8.self)
  }

  /// The agent failed it before it began.
  func isRefusal(of request: RelayRequest) -> Bool {
    guard case .failed = event else { return false }
    return !request.isAccepted
  }
}
