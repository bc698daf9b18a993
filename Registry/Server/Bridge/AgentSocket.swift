import BridgeProtocol
import NIOCore
import NIOWebSocket
import Synchronization

/// The server's end of the socket of an agent, which sends without waiting and within a bound.
final class AgentSocket: Sendable {
  /// Bytes that wait for an agent that does not read: behind more the socket is closed, and the agent resumes.
  private static let queueLimit = 1 << 20
  private static let reasonBytes = 123
  /// For the other side to take what was sent before a close frame, and to answer it.
  private static let lastTime = TimeAmount.seconds(15)
  private static let closeTime = TimeAmount.seconds(2)

  let id: RelayState.ConnectionID
  /// Of bytes from the agent, once it has registered.
  let activity = SocketActivity()
  private let channel: any Channel
  private let queued = Atomic(0)
  private let closing = Atomic(false)
  private let ended = Atomic(false)

  init(id: RelayState.ConnectionID, channel: any Channel) {
    self.id = id
    self.channel = channel
  }

  /// Whether nothing counts any more that comes from it, and nothing is sent.
  var isClosing: Bool { closing.load(ordering: .relaxed) || ended.load(ordering: .relaxed) }

  /// Notes that nothing comes from it any more, whoever ended it.
  func markEnded() { ended.store(true, ordering: .relaxed) }

  /// Whether little waits for the agent, so that what can be lost or put off need not close its socket.
  var hasRoom: Bool { queued.load(ordering: .relaxed) <= Self.queueLimit / 4 }

  /// Returns when there is room, or the socket ends: one that takes nothing is closed by its guard.
  func waitForRoom() async throws {
    while !hasRoom, !isClosing { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// Ends the limits for those who have not said who they are.
  func markRegistered() {
    channel.triggerUserOutboundEvent(SocketRegistered(activity: activity), promise: nil)
  }

  func send(_ frame: BridgeFrame) {
    guard !isClosing else { return }
    let bytes = FrameCoding.encode(frame)
    // Requests have a bound of their own, among those that are open: all that waited for the agent come at once.
    let count = if case .message = frame { 0 } else { bytes.count }
    guard queued.add(count, ordering: .relaxed).oldValue <= Self.queueLimit else {
      closing.store(true, ordering: .relaxed)
      return channel.close(promise: nil)
    }
    let sent = channel.eventLoop.makePromise(of: Void.self)
    sent.futureResult.whenComplete { _ in
      _ = self.queued.subtract(count, ordering: .relaxed)
    }
    channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: bytes)), promise: sent)
  }

  func pong(_ data: ByteBuffer) {
    channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .pong, data: data), promise: nil)
  }

  /// Sends a close frame, after all that was sent before, and ends the connection when the other side does not.
  func close(_ code: CloseCode, reason: String) {
    guard !closing.exchange(true, ordering: .relaxed) else { return }
    var data = ByteBuffer(integer: code.rawValue)
    data.writeString(Self.fitting(reason))
    let channel = channel
    let last = channel.eventLoop.scheduleTask(in: Self.lastTime) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in last.cancel() }
    channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)).whenComplete { _ in
      let end = channel.eventLoop.scheduleTask(in: Self.closeTime) { channel.close(promise: nil) }
      channel.closeFuture.whenComplete { _ in end.cancel() }
    }
  }

  /// As much of a text as a close frame holds, in whole characters.
  private static func fitting(_ reason: String) -> String {
    var text = reason
    while text.utf8.count > reasonBytes { text.removeLast() }
    return text
  }
}
