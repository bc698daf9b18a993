/// How the body of an answer reaches the caller.
struct Delivery: Sendable {
  var ticket = Ticket()
  var sink: (any ResponseSink)?
  var settlesAtHead = false
  var isCompressible: Bool
  var expectedSize: Int?
}

extension HTTPTransport {
  /// Follows a request through redirects and repetitions to its answer.
  func run(_ request: HTTPRequest, _ delivery: Delivery) async throws(TransportError) -> Exchange {
    let deadline = request.timeouts.total.map { ContinuousClock.now + $0 }
    var course = Course(request)
    while true {
      let order = try order(for: course.hop, of: request, delivery, until: deadline)
      switch await outcome(of: order) {
      case .success(let exchange) where exchange.isDelivered:
        return exchange
      case .success(let exchange):
        guard case .proceed(let pause) = try course.advance(after: exchange, fraction: configuration.chance()) else {
          return exchange
        }
        if let pause { try await wait(pause, until: deadline, of: order) }
      case .failure(let failure):
        let pause = try course.advance(after: failure, fraction: configuration.chance())
        try await wait(pause, until: deadline, of: order)
      }
    }
  }

  private func outcome(of order: TransferOrder) async -> Ticket.Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        order.ticket.wait(with: continuation)
        thread.post(.start(order))
      }
    } onCancel: {
      order.ticket.cancel()
      thread.post(.cancel(order.ticket))
    }
  }

  private func wait(
    _ pause: Duration, until deadline: ContinuousClock.Instant?, of order: TransferOrder
  ) async throws(TransportError) {
    if let deadline, ContinuousClock.now + pause >= deadline {
      throw TransportError(.timeout(.total), at: "\(order.hop.url)")
    }
    do {
      try await configuration.pause(pause)
    } catch {
      throw TransportError(.cancelled, at: "\(order.hop.url)")
    }
  }

  private func order(
    for hop: Hop, of request: HTTPRequest, _ delivery: Delivery, until deadline: ContinuousClock.Instant?
  ) throws(TransportError) -> TransferOrder {
    let origin = hop.url.origin
    guard origin.scheme == .https || origin.isLoopback || configuration.allowsInsecure(origin.host) else {
      throw TransportError(.insecureURL, at: "\(hop.url)")
    }
    let remaining = deadline.map { ContinuousClock.now.duration(to: $0) }
    if let remaining, remaining <= .zero { throw TransportError(.timeout(.total), at: "\(hop.url)") }
    return TransferOrder(
      hop: hop, headerLines: try headerLines(for: hop, request.credential), userAgent: configuration.userAgent,
      timeouts: request.timeouts, remaining: remaining, proxy: configuration.proxies.address(for: origin),
      proxyExceptions: configuration.proxies.exceptions, trust: configuration.trust,
      isCompressible: delivery.isCompressible, memoryLimit: request.responseLimit,
      expectedSize: delivery.expectedSize, sink: delivery.sink, settlesAtHead: delivery.settlesAtHead,
      ticket: delivery.ticket)
  }

  private func headerLines(for hop: Hop, _ credential: Credential?) throws(TransportError) -> [String] {
    if let name = hop.headers.unsendableName {
      throw TransportError(.invalidRequest, at: "\(hop.url)", detail: "the header field '\(name)' cannot be sent")
    }
    var headers = hop.headers
    if let field = credential?.authorization(for: hop.url.origin) { headers[field.name] = field.value }
    // libcurl's way to write a field without a value.
    return headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
  }
}
