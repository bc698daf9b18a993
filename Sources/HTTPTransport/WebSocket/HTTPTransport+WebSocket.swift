extension HTTPTransport {
  /// Opens a WebSocket (RFC 6455) through the proxies and with the certificates and the token of every other request.
  ///
  /// Redirects are not followed and nothing is repeated. Cancelling the task gives up.
  ///
  /// - Parameters:
  ///   - request: A GET; its address is read by `HTTPURL(webSocket:)`.
  ///   - protocols: Subprotocols to offer, the best first.
  ///   - timeout: From the call until it is open.
  /// - Throws: `.refusedUpgrade` with the status of another answer, or as for every request.
  package func webSocket(
    _ request: HTTPRequest, protocols: [String] = [], timeout: Duration = .seconds(15),
    options: WebSocketOptions = WebSocketOptions()
  ) async throws(TransportError) -> WebSocketConnection {
    let plan = try webSocketPlan(request, protocols, .now + timeout, options)
    let ends = WebSocketEnds(options, to: plan.url)
    let start = ContinuousClock.now
    let outcome = await withTaskCancellationHandler {
      WebSocketLoop.start(plan, ends)
      return await ends.opened.wait()
    } onCancel: {
      ends.waker.abandon()
    }
    configuration.observe(ExchangeSummary(opening: plan, outcome, .now - start))
    let connection = WebSocketConnection(try outcome.get(), plan, ends)
    if ends.waker.isAbandoned { throw TransportError(.cancelled, at: "\(plan.url)") }
    return connection
  }

  private func webSocketPlan(
    _ original: HTTPRequest, _ protocols: [String], _ deadline: ContinuousClock.Instant, _ options: WebSocketOptions
  ) throws(TransportError) -> WebSocketPlan {
    guard original.method == .get, original.body.isNone else {
      throw TransportError(.invalidRequest, at: "\(original.url)", detail: "a WebSocket is opened by a GET")
    }
    let handshake = WebSocketHandshake(protocols: protocols)
    var request = Request(original)
    handshake.apply(to: &request.headers)
    let headers = try headers(for: request, original.credential)
    var order = try order(for: request, of: original, Delivery(isCompressible: false), until: deadline)
    // Neither is a matter of connecting, which has its own bound.
    order.timeouts.stall = nil
    order.headerLines = []
    let head = Self.head(of: request, headers, userAgent: configuration.userAgent)
    return WebSocketPlan(order: order, handshake: handshake, head: head, deadline: deadline, options: options)
  }

  private static func head(of request: Request, _ headers: HTTPHeaders, userAgent: String) -> [UInt8] {
    var lines = ["GET \(request.url.target) HTTP/1.1", "Host: \(request.url.origin.authority)"]
    if headers["User-Agent"] == nil { lines.append("User-Agent: \(userAgent)") }
    lines += headers.fields.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

extension HTTPURL {
  /// Reads a `ws` or `wss` address as the `http` or `https` one that it is opened with (RFC 6455, 3); those, too.
  ///
  /// - Throws: `.invalidURL`.
  package init(webSocket text: String) throws(TransportError) {
    switch text.prefix(while: { $0 != ":" }).lowercased() {
    case "ws": try self.init(parsing: "http" + text.dropFirst(2))
    case "wss": try self.init(parsing: "https" + text.dropFirst(3))
    default: try self.init(parsing: text)
    }
  }
}
