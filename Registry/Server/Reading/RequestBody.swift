import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import RegistryAPI
import Skills

extension Request {
  /// `Expect: 100-continue`: the body is wanted, now that its sender is known and its size allowed.
  func acceptExpectation(_ context: RegistryContext) async throws {
    guard headers[.expect]?.lowercased() == "100-continue" else { return }
    try await context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
  }

  /// A JSON body of at most `limit` bytes.
  func body<Value: Decodable>(as type: Value.Type, limit: Int) async throws -> Value {
    try Self.decode(type, from: await bytes(limit: limit))
  }

  /// A JSON body of at most `limit` bytes, or nil when there is none.
  func optionalBody<Value: Decodable>(as type: Value.Type, limit: Int) async throws -> Value? {
    let buffer = try await bytes(limit: limit)
    return buffer.readableBytes == 0 ? nil : try Self.decode(type, from: buffer)
  }

  /// - Throws: `unsupportedMediaType`: what a compressed body unpacks to would have to be bounded, too.
  func refuseCompressedBody() throws {
    if let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" {
      throw MeshError(.unsupportedMediaType, "a request body must not be compressed")
    }
  }

  private func bytes(limit: Int) async throws -> ByteBuffer {
    try refuseCompressedBody()
    do {
      return try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw MeshError(.payloadTooLarge, "the request body is larger than \(limit) bytes")
    }
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
    do {
      return try WireCoding.decode(type, from: buffer.readableBytesView)
    } catch {
      throw MeshError(.invalidRequest, "the request body is not the JSON that this path takes")
    }
  }
}
