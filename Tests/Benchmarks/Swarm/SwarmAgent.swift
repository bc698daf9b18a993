import BridgeProtocol
import NIOCore
import Synchronization

/// An agent that connects, comes back when its connection ends, and answers each message with a stream of tokens.
final class SwarmAgent: WebSocketUser {
  private struct State {
    var connections = 0
    var isRegistered = false
    var hasCallers = false
  }

  private let agent: SwarmPlan.Agent
  private let number: Int
  private let callers: Int
  private let callerToken: String
  private let context: SwarmContext
  private let state = Mutex(State())

  /// - Parameters:
  ///   - callers: Streams that are asked for as soon as the agent is there.
  ///   - token: Of whoever asks.
  init(_ agent: SwarmPlan.Agent, number: Int, callers: Int, caller token: String, _ context: SwarmContext) {
    self.agent = agent
    self.number = number
    self.callers = callers
    self.context = context
    callerToken = token
  }

  func start() { context.network.inTurn(number) { self.connect(attempt: 0) } }

  private func connect(attempt: Int) {
    let path = "/ws?agent_id=\(agent.id)"
    context.network.dial(number) { WebSocketClient(path: path, user: self) }.whenComplete { result in
      switch result {
      case .success(let channel): channel.closeFuture.whenComplete { _ in self.closed(attempt: attempt) }
      case .failure: self.closed(attempt: attempt)
      }
    }
  }

  private func closed(attempt: Int) {
    let wasRegistered = state.withLock { state -> Bool in
      defer { state.isRegistered = false }
      return state.isRegistered
    }
    if wasRegistered { context.status.disconnected() }
    let next = wasRegistered ? 0 : attempt + 1
    context.network.afterPause(attempt: next) { self.connect(attempt: next) }
  }
}

// MARK: - Frames

extension SwarmAgent {
  func opened(_ socket: ClientSocket) {
    let epoch = state.withLock { state -> Int in
      state.connections += 1
      return state.connections
    }
    let registration = Registration(
      agentId: agent.id, token: agent.token, agentType: "exec", ext: [BridgeExtension.meshV3], instanceId: "swarm",
      connEpoch: epoch)
    send(.register(registration), on: socket)
  }

  func received(_ text: ByteBuffer, from socket: ClientSocket) {
    // Acknowledgements come by the thousand and decide nothing here: their type is their last field.
    if text.readableBytesView.suffix(Self.acknowledgement.count).elementsEqual(Self.acknowledgement) { return }
    guard let frame = try? FrameCoding.bridgeFrame(text.readableBytesView) else {
      return context.status.fail("a frame of the server cannot be read: \(String(buffer: text).prefix(200))")
    }
    switch frame {
    case .registered(let response) where response.status == .ok: registered(socket)
    case .registered(let response): context.status.fail("an agent was refused: \(response.error ?? "without a reason")")
    case .message(let message): begin(message, on: socket)
    case .ping(let ping): send(.pong(ping), on: socket)
    default: break
    }
  }

  private static let acknowledgement = Array(#""type":"ack"}"#.utf8)

  private func send(_ frame: AgentFrame, on socket: ClientSocket) {
    socket.send(ByteBuffer(bytes: FrameCoding.encode(frame)))
  }

  private func registered(_ socket: ClientSocket) {
    let needsCallers = state.withLock { state -> Bool in
      state.isRegistered = true
      defer { state.hasCallers = true }
      return !state.hasCallers
    }
    context.status.connected()
    keepAlive(socket)
    guard needsCallers else { return }
    for caller in 0..<callers {
      SwarmCaller(agent: agent.id, token: callerToken, number: number * callers + caller, context).start()
    }
  }

  /// At the pace of a real agent.
  private func keepAlive(_ socket: ClientSocket) {
    let pings = socket.channel.eventLoop.scheduleRepeatedTask(
      initialDelay: .milliseconds(.random(in: 0...15_000)), delay: .seconds(15)
    ) { _ in
      self.send(.ping(Ping(ts: 0)), on: socket)
    }
    socket.channel.closeFuture.whenComplete { _ in pings.cancel() }
  }

  private func begin(_ message: RequestMessage, on socket: ClientSocket) {
    let attempt = message.attempt ?? 1
    send(.accept(AttemptReference(requestId: message.requestId, attempt: attempt)), on: socket)
    guard let lane = AgentLane(message, attempt: attempt, socket) else {
      return context.status.fail("the frame of a token is not as it is expected")
    }
    context.load.join(lane)
  }
}

/// The tokens of one answer.
private final class AgentLane: Lane {
  private let socket: ClientSocket
  private let frame: ChunkTemplate
  private let seq = Atomic(0)

  init?(_ message: RequestMessage, attempt: Int, _ socket: ClientSocket) {
    guard
      let frame = ChunkTemplate(requestID: message.requestId, sessionID: message.sessionId, attempt: attempt)
    else { return nil }
    self.frame = frame
    self.socket = socket
  }

  func send(_ stamp: Stamp) {
    socket.send(frame.text(stamp, seq: seq.add(1, ordering: .relaxed).newValue))
  }
}
