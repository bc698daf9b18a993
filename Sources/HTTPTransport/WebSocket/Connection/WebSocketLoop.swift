/// Moves the bytes of one WebSocket, on a thread of its own, until it has ended.
final class WebSocketLoop {
  /// Bytes that are read at once.
  private static let piece = 64 << 10
  /// Pieces that are read before it is the turn of others.
  private static let piecesInTurn = 16
  private static let longestWait = Duration.seconds(60)

  private let plan: WebSocketPlan
  private let ends: WebSocketEnds
  /// Nil before it is opened and once it is closed.
  private var socket: WebSocketSocket?
  private var codec: WebSocketCodec
  private var output: WebSocketOutput
  /// When the other end must have closed the connection, once one of us has begun to.
  private var deadline: ContinuousClock.Instant?
  /// Whether what comes is not read any more.
  private var isDeaf = false
  private var hasSentClose = false

  init(_ plan: WebSocketPlan, _ ends: WebSocketEnds) {
    self.plan = plan
    self.ends = ends
    codec = WebSocketCodec(role: .client, limits: plan.options.limits)
    output = WebSocketOutput(limit: plan.options.outgoingBytes, stall: plan.options.writeStall)
  }

  /// Starts the thread; what becomes of it is told through `ends`.
  static func start(_ plan: WebSocketPlan, _ ends: WebSocketEnds) {
    let status = DetachedThread.start { WebSocketLoop(plan, ends).run() }
    if status != 0 { ends.finish(TransportError(.outOfMemory, at: "the network thread")) }
  }

  private func run() {
    do throws(TransportError) {
      try connect()
      ends.opened.set(.success(try shakeHands()))
      while try turn() {}
      ends.finish(nil)
    } catch {
      ends.finish(error)
    }
    // Nobody may wake a handle that is gone.
    ends.waker.attach(nil)
    ExitGate.pass { socket = nil }
  }

  private var lost: TransportError {
    TransportError(.connectionLost, at: "\(plan.url)", detail: "it ended without a close frame")
  }
}

// Opening it.
extension WebSocketLoop {
  private func connect() throws(TransportError) {
    let library = try CurlLibrary.loaded.get()
    try ExitGate.pass { () throws(TransportError) in
      socket = try WebSocketSocket.open(plan.order, with: library)
    }
    ends.waker.attach(socket?.waker)
    var isConnected = false
    while !isConnected {
      try checkIsWanted()
      try ExitGate.pass { () throws(TransportError) in isConnected = try socket?.connect() ?? true }
      if !isConnected { try socket?.waitToConnect(try remaining(until: plan.deadline)) }
    }
  }

  private func shakeHands() throws(TransportError) -> String? {
    output.append(plan.head)
    var received: [UInt8] = []
    while true {
      try checkIsWanted()
      try flush()
      while let piece = try read() {
        guard !piece.isEmpty else { throw lost }
        received += piece
        guard let (head, rest) = try WebSocketHeadParser.parse(received, from: plan.url) else { continue }
        let subprotocol = try plan.handshake.check(head)
        codec.append(rest)
        return subprotocol
      }
      try socket?.wait(try remaining(until: plan.deadline), reading: true, writing: !output.isEmpty)
    }
  }

  private func remaining(until deadline: ContinuousClock.Instant) throws(TransportError) -> Duration {
    let remaining = ContinuousClock.now.duration(to: deadline)
    guard remaining > .zero else { throw TransportError(.timeout(.connect), at: "\(plan.url)") }
    return remaining
  }

  private func checkIsWanted() throws(TransportError) {
    if ends.waker.isAbandoned { throw TransportError(.cancelled, at: "\(plan.url)") }
  }
}

// Talking.
extension WebSocketLoop {
  /// False when all is over.
  private func turn() throws(TransportError) -> Bool {
    // Once it has begun, the end is not hurried.
    if ends.waker.isAbandoned, deadline == nil { return false }
    if deadline == nil, ends.outbox.isClosing { deadline = .now + plan.options.closing }
    if let deadline, ContinuousClock.now >= deadline { return false }
    try send()
    guard let isDrained = try receive() else { return false }
    // What was read may want an answer.
    try flush()
    guard isDrained else { return true }
    try socket?.wait(pause, reading: isDeaf || ends.inbox.hasRoom, writing: !output.isEmpty)
    try output.checkStall(to: plan.url)
    return true
  }

  private var pause: Duration {
    let times = [deadline, output.deadline].compactMap { $0 }.map { ContinuousClock.now.duration(to: $0) }
    return times.reduce(Self.longestWait) { min($0, $1) }
  }

  private func send() throws(TransportError) {
    try flush()
    while output.isEmpty, !hasSentClose {
      let messages = ends.outbox.take()
      if messages.isEmpty { return }
      for message in messages {
        if case .close = message { hasSentClose = true }
        output.append(codec.encode(message))
      }
      output.onceSent(messages)
      try flush()
    }
  }

  private func flush() throws(TransportError) {
    while !output.isEmpty {
      var sent = 0
      try ExitGate.pass { () throws(TransportError) in sent = try socket?.write(output.pending) ?? 0 }
      if sent == 0 { return }
      ends.outbox.release(output.advance(by: sent))
    }
  }

  /// Whether everything was read that is there; nil at the end of the connection.
  private func receive() throws(TransportError) -> Bool? {
    for _ in 0..<Self.piecesInTurn {
      try deliver()
      guard isDeaf || ends.inbox.hasRoom else { return true }
      guard let piece = try read() else { return true }
      if piece.isEmpty {
        guard isDeaf else { throw lost }
        return nil
      }
      ends.inbox.touch()
      if !isDeaf { codec.append(piece) }
    }
    return false
  }

  /// Hands the messages that have come to their reader, as long as there is room.
  private func deliver() throws(TransportError) {
    while !isDeaf, ends.inbox.hasRoom {
      do throws(WebSocketRefusal) {
        guard let message = try codec.next() else { return }
        take(message)
      } catch {
        refuse(error)
      }
    }
  }

  private func take(_ message: WebSocketMessage) {
    switch message {
    case .text, .binary: ends.inbox.deliver(message)
    case .ping(let bytes): if !hasSentClose { output.offer(codec.encode(.pong(bytes))) }
    case .pong: break
    case .close(let code, _):
      ends.inbox.deliver(message)
      ends.finish(nil)
      beginToEnd(with: .close(code, ""))
    }
  }

  private func refuse(_ refusal: WebSocketRefusal) {
    ends.finish(TransportError(.protocolError, at: "\(plan.url)", detail: refusal.reason))
    beginToEnd(with: .close(refusal.code.rawValue, refusal.reason))
  }

  /// Sends a close frame unless one was sent; the server closes the connection then (RFC 6455, 7.1.1).
  private func beginToEnd(with close: WebSocketMessage) {
    isDeaf = true
    if !hasSentClose { output.append(codec.encode(close)) }
    hasSentClose = true
    if deadline == nil { deadline = .now + plan.options.closing }
  }

  private func read() throws(TransportError) -> [UInt8]? {
    var piece: [UInt8]?
    try ExitGate.pass { () throws(TransportError) in piece = try socket?.read(atMost: Self.piece) ?? nil }
    return piece
  }
}
