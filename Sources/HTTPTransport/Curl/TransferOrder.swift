/// Everything that one request needs, handed to the thread that carries it out.
struct TransferOrder: Sendable {
  var request: Request
  /// The header lines as they are sent, `name: value`.
  var headerLines: [String]
  var userAgent: String
  var timeouts: Timeouts
  /// What is left of the total time.
  var remaining: Duration?
  var proxy: String?
  var proxyExceptions: String?
  var trust: TrustSettings
  /// Whether the answer may come compressed; it is decoded then.
  var isCompressible: Bool
  /// The most bytes to hold in memory.
  var memoryLimit: Int
  var expectedSize: Int?
  var sink: (any ResponseSink)?
  /// Whether the caller goes on when the sink has accepted the head, or when all is over.
  var settlesAtHead: Bool
  var completion: Completion
}

/// Takes the body of an answer, piece by piece, on the thread of the transfer.
protocol ResponseSink: AnyObject, Sendable {
  /// Whether the body of this answer is for the sink. What it does not accept is held in memory.
  func accepts(_ head: ResponseHead) -> Bool
  /// Must not keep the pointer.
  func receive(_ bytes: UnsafeRawBufferPointer) throws(TransportError) -> SinkVerdict
  /// Called once when a body that was accepted has ended; nil for well.
  func finish(_ error: TransportError?)
}

enum SinkVerdict {
  case taken
  /// Nothing was taken; the same bytes come again when the transfer is resumed.
  case full
}
