import BridgeProtocol
import RegistryAPI

/// What an agent has sent for one transfer since its caller asked last.
struct SignalBuffer {
  private static let signals = 200
  private static let bytes = 1 << 20

  let caller: SignalCaller
  /// When the caller asked.
  private var lastContact: Duration
  private var waiting: [SignalBody] = []
  private(set) var byteCount = 0
  private var hasOverflowed = false

  init(of caller: SignalCaller, at now: Duration) {
    self.caller = caller
    lastContact = now
  }

  func isOver(at now: Duration, after lifetime: Duration) -> Bool { now - lastContact >= lifetime }

  /// Too many of them, or one for which there is no room, are the end of the transfer.
  mutating func add(_ signal: OutgoingSignal, room: Int) {
    let size = signal.payload.utf8.count + signal.signalType.utf8.count
    guard !hasOverflowed, waiting.count < Self.signals, byteCount + size <= Self.bytes, size <= room else {
      (waiting, byteCount, hasOverflowed) = ([], 0, true)
      return
    }
    waiting.append(SignalBody(signalType: signal.signalType, payload: signal.payload))
    byteCount += size
  }

  /// - Returns: Nil after too many.
  mutating func take(at now: Duration) -> [SignalBody]? {
    lastContact = now
    defer { (waiting, byteCount) = ([], 0) }
    return hasOverflowed ? nil : waiting
  }
}
