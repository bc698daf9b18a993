import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegistryAPI
import RegistryStore

/// Turns replies into responses that go out no faster than they are read.
struct Outbound: Sendable {
  let budget: ByteBudget
  let limits: RegistryLimits

  /// - Parameter caching: Who may keep the reply.
  /// - Throws: `tooManyRequests` or `unavailable` when too much is under way already.
  func response(_ reply: consuming Reply, caching: Caching, for call: Call) throws -> Response {
    // In place: a copy of the fields would cost as much as the rest of a small response.
    reply.headers[.cacheControl] = caching.rawValue
    return Response(status: reply.status, headers: reply.headers, body: try body(reply.body, for: call))
  }

  private func body(_ body: Reply.Body, for call: Call) throws -> ResponseBody {
    switch body {
    case .none: return ResponseBody()
    case .bytes(let bytes) where bytes.readableBytes <= limits.responsePiece: return ResponseBody(byteBuffer: bytes)
    case .bytes(let bytes): return try pieces([bytes], for: call)
    case .shared(let buffers): return try pieces(buffers, for: call)
    case .stream(let length, let write):
      let room = call.request.method == .head ? nil : try budget.reserve(limits.streamCost, for: call.client)
      return stream(length, holding: room, for: call, write)
    case .events(let room, let write): return stream(nil, holding: room, for: call, write)
    }
  }

  /// - Parameter length: Nil where it is known only at the end.
  private func stream(
    _ length: Int?, holding reservation: ByteBudget.Reservation?, for call: Call,
    _ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
  ) -> ResponseBody {
    let logger = call.logger
    return ResponseBody(contentLength: length) { writer in
      do {
        try await write(&writer)
      } catch let failure as StoreFailure {
        // The head is out, and nobody else gets to hear of the damage.
        logger.error("request failed", metadata: ["error": "\(failure)"])
        throw failure
      }
      try await writer.finish(nil)
      withExtendedLifetime(reservation) {}
    }
  }

  /// What is in memory already, held until it has been read.
  private func pieces(_ buffers: [ByteBuffer], for call: Call) throws -> ResponseBody {
    let length = buffers.map(\.readableBytes).reduce(0, +)
    let isSmall = length <= limits.responsePiece || call.request.method == .head
    let reservation = isSmall ? nil : try budget.reserve(length, for: call.client)
    let piece = limits.responsePiece
    return ResponseBody(contentLength: length) { writer in
      for var buffer in buffers {
        while let part = buffer.readSlice(length: min(piece, buffer.readableBytes)), part.readableBytes > 0 {
          try await writer.write(part)
        }
      }
      try await writer.finish(nil)
      withExtendedLifetime(reservation) {}
    }
  }
}
