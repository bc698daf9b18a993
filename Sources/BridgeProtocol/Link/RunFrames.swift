/// An event of a runtime as frames; long text becomes several, and is the same when it is joined.
struct RunFrames {
  /// Characters of an error's message.
  private static let messageLimit = 2_000

  private(set) var frames: [JournaledFrame] = []
  private let run: LinkRun
  private let limit: Int

  init(_ event: RunEvent, of run: LinkRun, limit: Int) {
    self.run = run
    self.limit = limit
    switch event {
    case .text(let text): add(text, nil)
    case .thinking(let text): add(text, .thinking)
    case .status(let text): add(text, .status)
    case .toolStart(let id, let name): add(chunk("", .toolStart, id: id, name: name))
    case .toolInput(let id, let text): add(text, .toolInput, id: id)
    case .toolResult(let id, let text, _): add(text, .toolResult, id: id)
    case .artifact(let content): add(content, as: .artifact)
    case .message(let content): add(content, as: .message)
    case .inputRequired(let content): add(content, as: .inputRequired)
    case .usage(let content): add(content, as: .usage)
    case .done(let attachments):
      add(
        .done(
          Completion(
            sessionId: run.sessionId, requestId: run.requestId,
            attachments: attachments.isEmpty ? nil : attachments)))
    case .failed(let code, let message):
      add(
        .error(
          RequestFailure(
            sessionId: run.sessionId, requestId: run.requestId, code: code,
            message: String(message.prefix(Self.messageLimit)))))
    }
  }

  private mutating func add(_ frame: JournaledFrame) {
    frames.append(frame)
  }

  private mutating func add(_ text: String, _ kind: ChunkKind?, id: String? = nil) {
    for part in text.parts(ofAtMost: limit) { add(chunk(String(part), kind, id: id)) }
  }

  private mutating func add(_ content: String, as kind: ExtraEvent.Kind) {
    add(.event(ExtraEvent(requestId: run.requestId, attempt: run.attempt, seq: 0, kind: kind, content: content)))
  }

  private func chunk(_ delta: String, _ kind: ChunkKind?, id: String?, name: String? = nil) -> JournaledFrame {
    .chunk(
      Chunk(
        sessionId: run.sessionId, requestId: run.requestId, delta: delta, kind: kind, toolName: name,
        toolCallId: id))
  }
}

extension JournaledFrame {
  func numbered(_ attempt: Int, _ seq: Int) -> JournaledFrame {
    switch self {
    case .chunk(var chunk):
      (chunk.attempt, chunk.seq) = (attempt, seq)
      return .chunk(chunk)
    case .done(var done):
      (done.attempt, done.seq) = (attempt, seq)
      return .done(done)
    case .error(var error):
      (error.attempt, error.seq) = (attempt, seq)
      return .error(error)
    case .event(var event):
      (event.attempt, event.seq) = (attempt, seq)
      return .event(event)
    }
  }
}
