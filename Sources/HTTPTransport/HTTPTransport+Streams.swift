extension HTTPTransport {
  /// Answers as soon as the head has come, the body to be read as it arrives.
  ///
  /// Compression is not asked for.
  package func stream(_ request: HTTPRequest) async throws(TransportError) -> StreamingResponse {
    let completion = Completion()
    let channel = ChunkChannel(completion, of: request.url, on: thread)
    let delivery = Delivery(
      completion: completion, sink: channel, settlesAtHead: true, isCompressible: false,
      expectedSize: request.expectedSize)
    let exchange = try await run(request, delivery)
    if !exchange.isDelivered { channel.fill(exchange.body) }
    return StreamingResponse(head: exchange.head, body: ResponseChunks(channel, keeping: self))
  }

  /// Asks for server-sent events.
  ///
  /// Set `timeouts.stall` to nil unless the server is known to send something regularly.
  ///
  /// Reconnecting is the caller's: put the last `id` into `Last-Event-ID`.
  package func events(_ request: HTTPRequest) async throws(TransportError) -> EventAnswer {
    var request = request
    request.headers["Accept"] = "text/event-stream"
    request.headers["Cache-Control"] = "no-store"
    let response = try await stream(request)
    let type = response.head.headers["Content-Type"]?.lowercased() ?? ""
    if response.status == 200, type.prefix(while: { $0 != ";" && $0 != " " }) == "text/event-stream" {
      return .events(ServerSentEvents(response))
    }
    let body = try await response.body.collect(limit: request.responseLimit)
    return .response(HTTPResponse(head: response.head, body: body))
  }
}
