/// Bytes on their way out, and how long they have not moved.
struct WebSocketOutput: Sendable {
  private var bytes: [UInt8] = []
  private var offset = 0
  /// What is sent when all bytes are.
  private var messages: [WebSocketMessage] = []
  private var lastProgress = ContinuousClock.now
  private let limit: Int
  private let stall: Duration

  init(limit: Int, stall: Duration) {
    self.limit = limit
    self.stall = stall
  }

  var isEmpty: Bool { offset == bytes.count }

  var pending: ArraySlice<UInt8> { bytes[offset...] }

  /// When the other end must have taken something; nil when nothing waits.
  var deadline: ContinuousClock.Instant? { isEmpty ? nil : lastProgress + stall }

  mutating func append(_ more: [UInt8]) {
    if isEmpty { lastProgress = .now }
    bytes += more
  }

  /// Adds an answer that may be left out, when too much waits already: a peer that pings and does not read.
  mutating func offer(_ more: [UInt8]) {
    if bytes.count - offset + more.count <= limit { append(more) }
  }

  mutating func onceSent(_ more: [WebSocketMessage]) {
    messages += more
  }

  /// The messages that are sent by now.
  mutating func advance(by count: Int) -> [WebSocketMessage] {
    lastProgress = .now
    offset += count
    guard isEmpty else { return [] }
    bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
    offset = 0
    defer { messages = [] }
    return messages
  }

  func checkStall(to url: HTTPURL) throws(TransportError) {
    guard let deadline, ContinuousClock.now >= deadline else { return }
    throw TransportError(.timeout(.stall), at: "\(url)", detail: "it takes nothing of what is sent")
  }
}
