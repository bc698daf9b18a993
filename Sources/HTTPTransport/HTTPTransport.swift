/// HTTP for everything that this program says to a network: requests, downloads, streams and events.
///
/// One transport shares its connections among all requests. Nothing of libcurl is loaded before the first of them or
/// `prepare()`, and its thread ends when the transport is released. Every answer is returned, whatever its status. A
/// `TransportError` is thrown when none came, or not the whole of it. Cancelling the calling task ends the transfer at
/// once.
package final class HTTPTransport: Sendable {
  let configuration: TransportConfiguration
  let thread: TransferThread

  package convenience init(_ configuration: TransportConfiguration) {
    self.init(
      configuration,
      TransferThread(connectionsPerHost: configuration.connectionsPerHost, connections: configuration.connections))
  }

  init(_ configuration: TransportConfiguration, _ thread: TransferThread) {
    self.configuration = configuration
    self.thread = thread
  }

  deinit { thread.stop() }

  /// Sends a request and holds the whole answer in memory, at most `responseLimit` bytes of it.
  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    try await run(request, Delivery(isCompressible: true, expectedSize: request.expectedSize)).response
  }

  /// Writes a successful answer to a file while it arrives.
  ///
  /// Compression is not asked for. An answer with another status leaves no file and is returned with its body. A
  /// download is only repeated before the first byte of its body has come.
  package func download(
    _ request: HTTPRequest, _ plan: DownloadPlan
  ) async throws(TransportError) -> DownloadSummary {
    var plan = plan
    plan.expectedSize = plan.expectedSize ?? request.expectedSize
    if let expected = plan.expectedSize, expected > plan.limit {
      throw TransportError(
        .tooLarge, at: "\(request.url)", detail: "\(expected) bytes, at most \(plan.limit) are allowed")
    }
    let file = try DownloadFile.open(plan, from: request.url)
    let delivery = Delivery(sink: file, isCompressible: false, expectedSize: plan.expectedSize)
    let exchange: Exchange
    do throws(TransportError) {
      exchange = try await run(request, delivery)
    } catch {
      try file.close(keeping: false)
      throw error
    }
    try file.close(keeping: exchange.isDelivered)
    return DownloadSummary(response: exchange.response, byteCount: file.byteCount)
  }

  /// Begins to load libcurl on the transport's own thread, so that it is there when the first request comes.
  ///
  /// Whoever calls this calls `settle()` before the process exits.
  package func prepare() {
    thread.prepare()
  }

  /// Waits until what `prepare()` began is done: an exit in the middle of it would end in the TLS library.
  package func settle() {
    thread.settle()
  }
}
