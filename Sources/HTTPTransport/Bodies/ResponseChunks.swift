/// The body of an answer, piece by piece as it arrives.
///
/// For one reader. A slow one slows the server down: no more than a few hundred KiB wait in between. Leaving the loop,
/// cancelling its task or dropping the sequence ends the transfer.
package struct ResponseChunks: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = TransportError

  private let lease: Lease

  init(_ channel: ChunkChannel, keeping transport: HTTPTransport) {
    lease = Lease(channel, keeping: transport)
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(reader: Lease(lease.channel, keeping: lease.transport), url: lease.channel.url)
  }

  /// The rest of the body in one piece.
  ///
  /// - Throws: `.tooLarge` when it has more than `limit` bytes.
  package func collect(limit: Int) async throws(TransportError) -> [UInt8] {
    var body: [UInt8] = []
    var iterator = makeAsyncIterator()
    while let chunk = try await iterator.next(isolation: nil) {
      guard body.count + chunk.count <= limit else {
        throw TransportError(.tooLarge, at: "\(iterator.url)", detail: "at most \(limit) bytes")
      }
      body += chunk
    }
    return body
  }

  package struct Iterator: AsyncIteratorProtocol {
    private let reader: Lease
    let url: HTTPURL

    fileprivate init(reader: Lease, url: HTTPURL) {
      self.reader = reader
      self.url = url
    }

    package mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(TransportError) -> [UInt8]? {
      try await reader.channel.next()
    }
  }

  /// Ends the transfer when nobody can read from it any more, and keeps the transport until then.
  fileprivate final class Lease: Sendable {
    let channel: ChunkChannel
    let transport: HTTPTransport

    init(_ channel: ChunkChannel, keeping transport: HTTPTransport) {
      self.channel = channel
      self.transport = transport
    }

    deinit { channel.cancel() }
  }
}

/// An answer whose body is still arriving.
package struct StreamingResponse: Sendable {
  package let head: ResponseHead
  package let body: ResponseChunks

  package var status: Int { head.status }
}
