import NIOCore

/// What a connection waits for, since when, and whether that has lasted too long.
struct ConnectionTimeouts {
  private enum Phase {
    case resting(since: NIODeadline)
    /// For the rest of a head, the first one from the moment of connecting.
    case head(since: NIODeadline)
    case body(since: NIODeadline, received: Int, parts: Int)
    case responding
    /// The last answer is out; what still comes is swallowed.
    case lingering(since: NIODeadline, received: Int)
  }

  /// What a part of a body means to its connection.
  enum BodyPart { case expected, tooLarge, tooSmall }

  /// Parts that any body may have.
  private static let freeParts = 1_024
  /// Bytes for each of which it may have one more.
  private static let bytesPerPart = 64
  private static let lingerBytes = 16 << 20
  private static let lingerTime = TimeAmount.seconds(5)

  private let limits: RegistryLimits
  private var phase = Phase.head(since: .now())
  private var lastByte = NIODeadline.now()
  private var unwritableSince: NIODeadline?
  /// Bytes of a head have come that is not complete.
  private var isInHead = false
  /// Whether that head has no line end yet.
  private(set) var isInFirstLine = true

  init(_ limits: RegistryLimits) {
    self.limits = limits
  }

  var isLingering: Bool {
    if case .lingering = phase { true } else { false }
  }

  var hasLingeredEnough: Bool {
    if case .lingering(_, let received) = phase { received > Self.lingerBytes } else { false }
  }

  mutating func received(_ bytes: ByteBuffer, requestIsComplete: Bool) {
    lastByte = .now()
    if case .lingering(let since, let received) = phase {
      phase = .lingering(since: since, received: received + bytes.readableBytes)
      return
    }
    if case .resting = phase { phase = .head(since: lastByte) }
    guard requestIsComplete else { return }
    if !isInHead { isInFirstLine = true }
    isInHead = true
    if isInFirstLine, bytes.readableBytesView.contains(UInt8(ascii: "\n")) { isInFirstLine = false }
  }

  mutating func beganBody() {
    isInHead = false
    phase = .body(since: lastByte, received: 0, parts: 0)
  }

  /// Counts a part of `count` bytes, which is too large when the whole is more than any request may have, and too small
  /// when the parts cost more than their bytes.
  mutating func receivedBody(_ count: Int) -> BodyPart {
    guard case .body(let since, var received, var parts) = phase else { return .expected }
    received += count
    parts += 1
    phase = .body(since: since, received: received, parts: parts)
    if received > limits.archive.compressedBytes + 2 * limits.formOverhead { return .tooLarge }
    return parts > Self.freeParts + received / Self.bytesPerPart ? .tooSmall : .expected
  }

  mutating func endedRequest() {
    phase = .responding
  }

  /// Everything is answered; the beginning of another head may be here already.
  mutating func rest() {
    phase = isInHead ? .head(since: .now()) : .resting(since: .now())
  }

  mutating func linger() {
    phase = .lingering(since: .now(), received: 0)
  }

  mutating func changedWritability(to isWritable: Bool) {
    unwritableSince = isWritable ? nil : .now()
  }

  func isExhausted(at now: NIODeadline) -> Bool {
    let stall = TimeAmount.seconds(Int64(limits.stallTimeout))
    if let unwritableSince, now - unwritableSince > stall { return true }
    switch phase {
    case .resting(let since): return now - since > .seconds(Int64(limits.idleTimeout))
    case .head(let since): return now - since > .seconds(Int64(limits.headTimeout))
    case .body(let since, let received, _):
      let elapsed = now - since
      if now - lastByte > stall || elapsed > .seconds(Int64(limits.bodyTimeout)) { return true }
      return elapsed > stall && received < limits.minimumBodyRate * Int(elapsed.nanoseconds / 1_000_000_000)
    case .lingering(let since, _): return now - since > Self.lingerTime
    case .responding: return false
    }
  }
}
