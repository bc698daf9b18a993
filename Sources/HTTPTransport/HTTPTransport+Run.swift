/// How the body of an answer reaches the caller.
struct Delivery: Sendable {
  var completion = Completion()
  var sink: (any ResponseSink)?
  var settlesAtHead = false
  var isCompressible: Bool
  var expectedSize: Int?
}

extension HTTPTransport {
  /// Sends a request, follows redirects and repeats what failed for a moment, up to the final response.
  func run(_ original: HTTPRequest, _ delivery: Delivery) async throws(TransportError) -> Exchange {
    let deadline = original.timeouts.total.map { ContinuousClock.now + $0 }
    var chain = RedirectChain(original)
    while true {
      let order = try order(for: chain.request, of: original, delivery, until: deadline)
      let start = ContinuousClock.now
      let outcome = await outcome(of: order)
      configuration.observe(ExchangeSummary(order.request, outcome, .now - start))
      switch outcome {
      case .success(let exchange) where exchange.isDelivered:
        return exchange
      case .success(let exchange):
        guard case .proceed(let pause) = try chain.advance(after: exchange, fraction: configuration.chance()) else {
          return exchange
        }
        if let pause { try await wait(pause, until: deadline, of: order) }
      case .failure(let failure):
        let pause = try chain.advance(after: failure, fraction: configuration.chance())
        try await wait(pause, until: deadline, of: order)
      }
    }
  }

  private func outcome(of order: TransferOrder) async -> Completion.Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        order.completion.wait(with: continuation)
        thread.post(.start(order))
      }
    } onCancel: {
      order.completion.cancel()
      thread.post(.cancel(order.completion))
    }
  }

  private func wait(
    _ pause: Duration, until deadline: ContinuousClock.Instant?, of order: TransferOrder
  ) async throws(TransportError) {
    if let deadline, ContinuousClock.now + pause >= deadline {
      throw TransportError(.timeout(.total), at: "\(order.request.url)")
    }
    do {
      try await configuration.pause(pause)
    } catch {
      throw TransportError(.cancelled, at: "\(order.request.url)")
    }
  }

  func order(
    for request: Request, of original: HTTPRequest, _ delivery: Delivery, until deadline: ContinuousClock.Instant?
  ) throws(TransportError) -> TransferOrder {
    let origin = request.url.origin
    guard origin.scheme == .https || origin.isLoopback || configuration.allowsInsecure(origin.host) else {
      throw TransportError(.insecureURL, at: "\(request.url)")
    }
    let remaining = deadline.map { ContinuousClock.now.duration(to: $0) }
    if let remaining, remaining <= .zero { throw TransportError(.timeout(.total), at: "\(request.url)") }
    return TransferOrder(
      request: request, headerLines: try headerLines(for: request, original.credential),
      userAgent: configuration.userAgent, timeouts: original.timeouts, remaining: remaining,
      proxy: configuration.proxies.address(for: origin),
      proxyExceptions: configuration.proxies.exceptions, trust: configuration.trust,
      isCompressible: delivery.isCompressible, memoryLimit: original.responseLimit,
      expectedSize: delivery.expectedSize, sink: delivery.sink, settlesAtHead: delivery.settlesAtHead,
      completion: delivery.completion)
  }

  private func headerLines(for request: Request, _ credential: Credential?) throws(TransportError) -> [String] {
    // libcurl's way to write a field without a value.
    try headers(for: request, credential).fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
  }

  /// The fields of a request with the token, where it may go.
  func headers(for request: Request, _ credential: Credential?) throws(TransportError) -> HTTPHeaders {
    if let name = request.headers.unsendableName {
      throw TransportError(.invalidRequest, at: "\(request.url)", detail: "the header field '\(name)' cannot be sent")
    }
    var headers = request.headers
    if let field = credential?.authorization(for: request.url.origin) { headers[field.name] = field.value }
    return headers
  }
}
