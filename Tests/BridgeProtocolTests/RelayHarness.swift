import BridgeProtocol

/// A relay with a clock that a test moves, and everything that it has said.
struct RelayHarness {
  var relay: RelayState
  var now = Duration.zero

  init(restoring open: [RelayState.OpenRequest] = []) {
    relay = RelayState(restoring: open)
  }

  @discardableResult
  mutating func feed(_ event: RelayState.Event) -> [RelayState.Action] { relay.handle(event, at: now) }

  @discardableResult
  mutating func register(
    _ id: UInt64, v3: Bool = true, instance: String = "i", epoch: Int? = nil,
    streams: [Registration.Stream] = []
  ) -> [RelayState.Action] {
    feed(
      .registered(
        id,
        Registration(
          agentId: "a", token: "t", agentType: "exec", ext: v3 ? [BridgeExtension.meshV3] : nil,
          instanceId: v3 ? instance : nil, connEpoch: epoch ?? Int(id),
          resume: streams.isEmpty ? nil : .init(session: "s", streams: streams))))
  }

  @discardableResult
  mutating func submit(_ id: String = "r", isAsync: Bool = false, deadlineMs: Int? = nil) -> [RelayState.Action] {
    feed(.submit(Self.message(id, deadlineMs: deadlineMs), isAsync: isAsync))
  }

  @discardableResult
  mutating func chunk(
    _ seq: Int?, _ text: String = "x", of id: String = "r", on connection: UInt64 = 1, session: String = "s"
  ) -> [RelayState.Action] {
    feed(
      .frame(
        connection,
        .chunk(
          Chunk(sessionId: session, requestId: id, delta: text, attempt: seq == nil ? nil : 1, seq: seq))))
  }

  @discardableResult
  mutating func done(_ seq: Int?, of id: String = "r", on connection: UInt64 = 1) -> [RelayState.Action] {
    feed(
      .frame(
        connection, .done(Completion(sessionId: "s", requestId: id, attempt: seq == nil ? nil : 1, seq: seq))))
  }

  @discardableResult
  mutating func accept(_ id: String = "r", on connection: UInt64 = 1) -> [RelayState.Action] {
    feed(.frame(connection, .accept(AttemptReference(requestId: id, attempt: 1))))
  }

  /// Moves the clock, and says so.
  @discardableResult
  mutating func wait(_ time: Duration) -> [RelayState.Action] {
    now += time
    return feed(.timer)
  }

  static func message(_ id: String, deadlineMs: Int? = nil) -> RequestMessage {
    RequestMessage(sessionId: "s", requestId: id, content: "hello", deadlineMs: deadlineMs)
  }

  static func stream(_ id: String = "r", acked: Int = 0, last: Int) -> Registration.Stream {
    .init(requestId: id, attempt: 1, ackedOut: acked, lastOut: last)
  }
}

extension [RelayState.Action] {
  var endings: [String] {
    compactMap {
      guard case .append(let entry) = $0 else { return nil }
      switch entry.event {
      case .failed(let code, _): return "\(entry.requestId): \(code)"
      case .done: return "\(entry.requestId): done"
      default: return nil
      }
    }
  }

  var frames: [BridgeFrame] { compactMap { if case .send(_, let frame) = $0 { frame } else { nil } } }

  var closed: [CloseCode] { compactMap { if case .close(_, let code, _) = $0 { code } else { nil } } }

  /// The numbers of the agent that go into the log.
  var numbers: [Int] { compactMap { if case .append(let entry) = $0 { entry.seq } else { nil } } }

  var kinds: [String] { frames.map(\.kind) }

  var violations: Int { count { if case .violation = $0 { true } else { false } } }
}

extension BridgeFrame {
  var kind: String {
    switch self {
    case .registered: "registered"
    case .message(let message): "message \(message.requestId)"
    case .cancel(let cancellation): "cancel \(cancellation.requestId)"
    case .ack(let ack): "ack \(ack.seq)"
    case .resend(let request): "resend \(request.from)"
    case .credit(let credit): "credit \(credit.requestId ?? "-") \(credit.bytes)"
    case .pong: "pong"
    case .goaway: "goaway"
    default: "other"
    }
  }
}
