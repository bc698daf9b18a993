/// Takes in the body of one answer: counts it, bounds it, and hands it to the sink or holds it in memory.
struct Intake {
  private let order: TransferOrder
  private var sink: (any ResponseSink)?
  private var count = 0
  /// The exact number of decoded bytes that must come.
  private var expected: Int?
  private(set) var body: [UInt8] = []

  init(_ order: TransferOrder) {
    self.order = order
  }

  /// Whether the body goes to the sink.
  var isDelivering: Bool { sink != nil }

  /// Decides where the body goes; true when to the sink.
  mutating func begin(_ head: ResponseHead) throws(TransportError) -> Bool {
    if let offered = order.sink, offered.accepts(head) { sink = offered }
    let hasBody = order.request.method != .head && head.status != 204 && head.status != 304
    if hasBody, head.isSuccess { expected = order.expectedSize }
    if hasBody, let announced = head.contentLength { try check(announced: announced) }
    return isDelivering
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) throws(TransportError) -> SinkVerdict {
    if let expected, count + bytes.count > expected { throw mismatch("more than \(expected) bytes came") }
    if let sink {
      let verdict = try sink.receive(bytes)
      if verdict == .taken { count += bytes.count }
      return verdict
    }
    guard count + bytes.count <= order.memoryLimit else { throw tooLarge() }
    body.append(contentsOf: bytes)
    count += bytes.count
    return .taken
  }

  /// Whether everything came that had to.
  func checkEnd() throws(TransportError) {
    if let expected, count != expected { throw mismatch("\(count) bytes came instead of \(expected)") }
  }

  func finish(_ error: TransportError?) {
    sink?.finish(error)
  }

  private func check(announced: Int) throws(TransportError) {
    if let expected, announced != expected {
      throw mismatch("\(announced) bytes are announced instead of \(expected)")
    }
    if sink == nil, announced > order.memoryLimit { throw tooLarge() }
  }

  private func mismatch(_ detail: String) -> TransportError {
    TransportError(.sizeMismatch, at: "\(order.request.url)", detail: detail)
  }

  private func tooLarge() -> TransportError {
    TransportError(.tooLarge, at: "\(order.request.url)", detail: "at most \(order.memoryLimit) bytes")
  }
}
