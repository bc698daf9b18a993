import NIOCore
import Synchronization

/// A client of a bare WebSocket echo, which comes back when its connection ends.
final class EchoClient: WebSocketUser {
  private let number: Int
  private let path: String
  private let lanes: Int
  private let context: SwarmContext
  private let isOpen = Atomic(false)

  init(number: Int, path: String, lanes: Int, _ context: SwarmContext) {
    self.number = number
    self.path = path
    self.lanes = lanes
    self.context = context
  }

  func start() { context.network.inTurn(number) { self.connect(attempt: 0) } }

  private func connect(attempt: Int) {
    context.network.dial(number) { WebSocketClient(path: self.path, user: self) }.whenComplete { result in
      switch result {
      case .success(let channel): channel.closeFuture.whenComplete { _ in self.closed(attempt: attempt) }
      case .failure: self.closed(attempt: attempt)
      }
    }
  }

  private func closed(attempt: Int) {
    let wasOpen = isOpen.exchange(false, ordering: .relaxed)
    if wasOpen { context.status.disconnected() }
    let next = wasOpen ? 0 : attempt + 1
    context.network.afterPause(attempt: next) { self.connect(attempt: next) }
  }

  func opened(_ socket: ClientSocket) {
    isOpen.store(true, ordering: .relaxed)
    context.status.connected()
    for lane in 0..<lanes { context.load.join(EchoLane(socket: socket, number: lane)) }
  }

  func received(_ text: ByteBuffer, from socket: ClientSocket) {
    var scanner = StampScanner()
    scanner.scan(text.readableBytesView) { context.load.arrived($0) }
  }
}

/// Messages as long as those of an agent.
private struct EchoLane: Lane {
  let socket: ClientSocket
  private let frame: ChunkTemplate?

  init(socket: ClientSocket, number: Int) {
    self.socket = socket
    let id = "00000000-0000-4000-8000-00000000\(1_000 + number)"
    frame = ChunkTemplate(requestID: id, sessionID: id, attempt: 1)
  }

  func send(_ stamp: Stamp) {
    if let frame { socket.send(frame.text(stamp, seq: 1)) }
  }
}
