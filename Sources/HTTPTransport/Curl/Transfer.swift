import CCurl

/// One request while libcurl works on it: what is sent, what has come so far, and why it must stop.
///
/// Lives on the loop's thread. The loop owns it for as long as libcurl may call back with its address.
final class Transfer {
  let order: TransferOrder
  private var easy: EasyHandle
  private var heads: HeadReader
  private var intake: Intake
  private var upload: UploadReader
  private let start = ContinuousClock.now
  /// Why a callback stopped the transfer; libcurl itself would only say that one did.
  private var failure: TransportError?

  init(_ order: TransferOrder, with library: agentmesh_curl) throws(TransportError) {
    self.order = order
    heads = HeadReader(url: order.request.url)
    intake = Intake(order)
    upload = UploadReader(order.request.body)
    easy = try EasyHandle.open(library)
    easy.apply(order)
    easy.call(back: Unmanaged.passUnretained(self).toOpaque())
    do throws(CurlStatus) {
      try easy.check()
    } catch {
      throw error.error(at: order.request.url, phase: .connect)
    }
  }

  var address: UnsafeMutableRawPointer { easy.address }

  func resume() {
    let status = easy.resume()
    if status != CURLE_OK { failure = failure ?? easy.status(status).error(at: order.request.url, phase: .stall) }
  }

  /// What the end that libcurl reports means.
  func verdict(on code: CURLcode) -> Result<Void, TransportError> {
    if let failure { return .failure(failure) }
    guard code == CURLE_OK else { return .failure(reason(for: code)) }
    guard heads.head != nil else {
      return .failure(TransportError(.protocolError, at: "\(order.request.url)", detail: "no status line came"))
    }
    return Result { () throws(TransportError) in try intake.checkEnd() }
  }

  /// Tells the caller and the sink.
  func finish(_ result: Result<Void, TransportError>) {
    switch result {
    case .success:
      intake.finish(nil)
      if let exchange = exchange() { order.completion.settle(.success(exchange)) }
    case .failure(let error):
      intake.finish(error)
      order.completion.settle(.failure(ExchangeFailure(error: error, hasBegun: heads.hasBegun)))
    }
  }

  private func exchange() -> Exchange? {
    guard let head = heads.head else { return nil }
    let seconds = easy.size(CURLINFO_RETRY_AFTER)
    return Exchange(
      head: head, body: intake.body, isDelivered: intake.isDelivering, redirect: easy.text(CURLINFO_REDIRECT_URL),
      retryAfter: seconds > 0 ? .seconds(seconds) : nil)
  }

  private func reason(for code: CURLcode) -> TransportError {
    if easy.number(CURLINFO_HTTP_CONNECTCODE) >= 300 {
      return TransportError(.proxy, at: "\(order.request.url)", detail: easy.status(code).message)
    }
    return easy.status(code).error(at: order.request.url, phase: phase)
  }

  /// What ran out of time, if something did.
  private var phase: TransportError.Phase {
    // libcurl counts in whole milliseconds, and may end one of them early.
    if let remaining = order.remaining, start.duration(to: .now).milliseconds + 1 >= remaining.milliseconds {
      return .total
    }
    // The time of connecting is 0 on a connection that was there already.
    return easy.size(CURLINFO_PRETRANSFER_TIME_T) == 0 ? .connect : .stall
  }
}

// What libcurl calls.
extension Transfer {
  func take(header line: UnsafeRawBufferPointer) -> Bool {
    attempt { () throws(TransportError) in
      guard let head = try heads.read(line) else { return }
      guard try intake.begin(head), order.settlesAtHead else { return }
      order.completion.settle(.success(Exchange(head: head, isDelivered: true)))
    } != nil
  }

  /// The number of bytes taken, or libcurl's sign for "not now".
  func take(body bytes: UnsafeRawBufferPointer) -> Int {
    let verdict = attempt { () throws(TransportError) in try intake.take(bytes) }
    return switch verdict {
    case .taken: bytes.count
    case .full: Int(agentmesh_write_pause)
    case nil: 0
    }
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    attempt { () throws(TransportError) in try upload.read(into: buffer) } ?? Int(agentmesh_read_abort)
  }

  func rewind(to offset: Int) -> Bool {
    attempt { () throws(TransportError) in try upload.seek(to: offset) } != nil
  }

  private func attempt<T>(_ work: () throws(TransportError) -> T) -> T? {
    do throws(TransportError) {
      return try work()
    } catch {
      failure = failure ?? error
      return nil
    }
  }
}
