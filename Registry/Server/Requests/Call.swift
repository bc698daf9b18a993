import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import RegistryAPI
import Skills

/// One request as handlers see it: parts of its path, its parameters and its body, each parsed where it is asked for.
struct Call: Sendable {
  let request: Request
  let limits: RegistryLimits
  private let context: RegistryContext

  init(_ request: Request, _ context: RegistryContext, limits: RegistryLimits) {
    self.request = request
    self.context = context
    self.limits = limits
  }

  var logger: Logger { context.logger }
  /// Whose turn it is, and whose limits count.
  var client: Client { Client(context.channel) }
  var parameters: FlatDictionary<Substring, Substring> { request.uri.queryParameters }
}

// MARK: - The path

extension Call {
  func skillName() throws -> SkillName {
    SkillName(
      author: try AuthorName(parsing: try part("author")), slug: try SkillSlug(parsing: try part("slug")))
  }

  func version() throws -> SemanticVersion {
    try SemanticVersion(parsing: try part("version"))
  }

  func filePath() throws -> SkillPath {
    let text = context.parameters.getCatchAll().joined(separator: "/")
    guard let decoded = PercentEncoding.decode(text), let path = try? SkillPath(parsing: decoded) else {
      throw MeshError(.notFound, "there is no such file")
    }
    return path
  }

  private func part(_ name: String) throws -> String {
    guard let text = context.parameters.get(name), let decoded = PercentEncoding.decode(text) else {
      throw MeshError(.invalidRequest, "the path has no valid \(name)")
    }
    return decoded
  }
}

// MARK: - The body

extension Call {
  /// The bytes of the body as they come; asking for them is what lets a client go on that waits for `100 Continue`.
  ///
  /// - Throws: `unsupportedMediaType` for a compressed body: what it unpacks to would have to be bounded, too.
  func body() async throws -> RequestBody {
    if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
      throw MeshError(.unsupportedMediaType, "a request body must not be compressed")
    }
    if request.headers[.expect]?.lowercased() == "100-continue" {
      try await context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
    }
    return request.body
  }

  func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
    try Self.decode(type, from: await smallBody())
  }

  /// Nil when there is no body.
  func optionalJSON<Value: Decodable>(_ type: Value.Type) async throws -> Value? {
    let buffer = try await smallBody()
    return buffer.readableBytes == 0 ? nil : try Self.decode(type, from: buffer)
  }

  private func smallBody() async throws -> ByteBuffer {
    do {
      return try await body().collect(upTo: limits.smallBody)
    } catch is NIOTooManyBytesError {
      throw MeshError(.payloadTooLarge, "the request body is larger than \(limits.smallBody) bytes")
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
