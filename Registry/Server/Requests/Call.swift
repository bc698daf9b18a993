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
  private let bodies: ByteBudget
  private let responses: ByteBudget
  /// Who asks, as far as it is known.
  let sender: IPAddress?
  /// A body of JSON, and the room for it as long as the call lasts.
  private var small: (bytes: ByteBuffer, room: ByteBudget.Reservation)?

  /// - Parameters:
  ///   - bodies: The room for the bodies of all requests.
  ///   - responses: The room for what all are sent.
  ///   - proxies: Whose word counts about who asks.
  init(
    _ request: Request, _ context: RegistryContext, limits: RegistryLimits, bodies: ByteBudget, responses: ByteBudget,
    proxies: TrustedProxies
  ) {
    self.request = request
    self.context = context
    self.limits = limits
    self.bodies = bodies
    self.responses = responses
    sender = proxies.sender(of: request, peer: IPAddress(context.channel.remoteAddress))
  }

  var logger: Logger { context.logger }
  /// Whose turn it is, and whose limits count.
  var client: Client { Client(sender, context.channel) }
  var parameters: FlatDictionary<Substring, Substring> { request.uri.queryParameters }
}

// MARK: - The path

extension Call {
  func skillName() throws -> SkillName {
    SkillName(
      author: try authorName(), slug: try SkillSlug(parsing: try part("slug")))
  }

  func authorName() throws -> AuthorName { try AuthorName(parsing: try part("author")) }

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

  /// The number that the path names.
  func number(_ name: String) throws -> Int64 {
    if let number = Int64(try part(name)) { return number }
    throw MeshError(.notFound, "there is no such thing")
  }

  func part(_ name: String) throws -> String {
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

  /// The same call with its body at hand, when it is one that the row takes as JSON.
  ///
  /// - Throws: `payloadTooLarge`; `tooManyRequests` or `unavailable` when too much is under way already.
  func receiving(_ row: Endpoint) async throws -> Call {
    switch row.request {
    case .none, .form, .page, .archive, .file, .events: return self
    case .json, .optionalJSON, .oauth, .fields:
      var received = self
      let reservation = try reserveBody()
      let limit = row.access == .platform ? limits.platformBody : limits.smallBody
      received.small = (try await body(of: limit, in: reservation), reservation)
      return received
    }
  }

  /// Room for the parts of the body that are kept in memory, to grow with each of them.
  func reserveBody() throws -> ByteBudget.Reservation { try bodies.reserve(0, for: client) }

  /// Room for a stream of events, to be had before that is begun of which it tells.
  ///
  /// - Throws: `tooManyRequests` or `unavailable` when too much is under way already.
  func reserveEvents() throws(MeshError) -> ByteBudget.Reservation {
    try responses.reserve(limits.eventStreamCost, for: client)
  }

  /// Bytes that the head announces; the most that there can be where it is no number of this machine.
  var announcedBytes: Int { request.headers[.contentLength].map { Int($0) ?? .max } ?? 0 }

  /// The value of the body, which has been received.
  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try demandJSON()
    return try Self.decode(type, from: small?.bytes ?? ByteBuffer())
  }

  /// Nil when there is no body.
  func optionalJSON<Value: Decodable>(_ type: Value.Type) throws -> Value? {
    guard let bytes = small?.bytes, bytes.readableBytes > 0 else { return nil }
    try demandJSON()
    return try Self.decode(type, from: bytes)
  }

  /// The fields of a form, which has been received.
  func fields() throws -> FormFields {
    guard isForm else { throw MeshError(.unsupportedMediaType, "the request body is not the form of a page") }
    return try FormFields(small?.bytes.readableBytesView ?? ByteBuffer().readableBytesView)
  }

  /// The value of the body, which came as JSON or as a form.
  func oauth<Value: Decodable>(_ type: Value.Type, _ read: (FormFields) throws -> Value) throws -> Value {
    isForm ? try read(try fields()) : try json(type)
  }

  private var isForm: Bool { mediaType == "application/x-www-form-urlencoded" }

  /// - Throws: `unsupportedMediaType` for a body that says it is something else; one that says nothing is taken.
  private func demandJSON() throws {
    guard let type = mediaType, type != "application/json" else { return }
    throw MeshError(.unsupportedMediaType, "the request body is not JSON", hint: "Send it as application/json.")
  }

  /// Of the body, in lower case and without parameters (RFC 9110, section 8.3.1).
  private var mediaType: String? {
    request.headers[.contentType]?.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
  }

  /// - Parameter limit: In bytes.
  private func body(of limit: Int, in reservation: ByteBudget.Reservation) async throws -> ByteBuffer {
    let refusal = MeshError(.payloadTooLarge, "the request body is larger than \(limit) bytes")
    guard announcedBytes <= limit else { throw refusal }
    var bytes = ByteBuffer()
    for try await part in try await body() {
      guard bytes.readableBytes + part.readableBytes <= limit else { throw refusal }
      try reservation.grow(by: part.readableBytes)
      bytes.writeImmutableBuffer(part)
    }
    return bytes
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
    do {
      return try WireCoding.decode(type, from: buffer.readableBytesView)
    } catch {
      throw MeshError(.invalidRequest, "the request body is not the JSON that this path takes")
    }
  }
}
