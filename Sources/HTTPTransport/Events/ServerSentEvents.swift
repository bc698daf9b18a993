/// The events of a stream as they arrive.
///
/// For one reader; leaving the loop ends the transfer.
package struct ServerSentEvents: AsyncSequence, Sendable {
  package typealias Element = ServerSentEvent
  package typealias Failure = TransportError

  package let head: ResponseHead
  private let chunks: ResponseChunks

  init(_ response: StreamingResponse) {
    head = response.head
    chunks = response.body
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(chunks: chunks.makeAsyncIterator())
  }

  package struct Iterator: AsyncIteratorProtocol {
    private var chunks: ResponseChunks.Iterator
    private var parser = ServerSentEventParser()
    private var ready: ArraySlice<ServerSentEvent> = []

    fileprivate init(chunks: ResponseChunks.Iterator) {
      self.chunks = chunks
    }

    package mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(TransportError) -> ServerSentEvent? {
      while ready.isEmpty {
        guard let chunk = try await chunks.next(isolation: actor) else { return nil }
        ready = try parse(chunk)[...]
      }
      return ready.popFirst()
    }

    private mutating func parse(_ chunk: [UInt8]) throws(TransportError) -> [ServerSentEvent] {
      do throws(ServerSentEventParser.TooLarge) {
        return try parser.feed(chunk)
      } catch {
        throw TransportError(
          .tooLarge, at: "\(chunks.url)", detail: "an event has more than \(error.limit) bytes")
      }
    }
  }
}

/// What came of asking for events.
package enum EventAnswer: Sendable {
  case events(ServerSentEvents)
  /// Something else, such as a refusal or a server that does not stream here.
  case response(HTTPResponse)
}
