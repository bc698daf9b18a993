import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// A handler's response, before the row of its endpoint says who may keep it and the budget whether it may go out now.
struct Reply: Sendable {
  enum Body: Sendable {
    case none
    case bytes(ByteBuffer)
    /// Several in a row, each of them shared with others.
    case shared([ByteBuffer])
    /// Made while it is sent.
    case stream(length: Int, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
    /// Server-sent events, which come while it is sent, and the room for it.
    case events(ByteBudget.Reservation, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
  }

  var status = HTTPResponse.Status.ok
  var headers: HTTPFields = [:]
  var body = Body.none

  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Reply {
    Reply(
      status: status, headers: [.contentType: jsonType],
      body: .bytes(ByteBuffer(bytes: try WireCoding.encode(value))))
  }

  /// JSON with a tag that is its digest, or 304 when the caller has it.
  static func taggedJSON(_ value: some Encodable, for call: Call) throws -> Reply {
    try tagged(RenderedJSON(value), for: call)
  }

  /// JSON that is rendered already, or 304 when the caller has it.
  static func tagged(_ json: RenderedJSON, type: String = Self.jsonType, for call: Call) -> Reply {
    tagged(json.bytes, type: type, tag: json.tag, for: call)
  }

  /// Bytes with their tag, or 304 when the caller has them.
  static func tagged(_ bytes: ByteBuffer, type: String, tag: String, for call: Call) -> Reply {
    // Most who ask have them: nothing is made that would be taken out again.
    if EntityTag.isKnown(tag, to: call.request) { return Reply(status: .notModified, headers: [.eTag: tag]) }
    return Reply(headers: [.eTag: tag, .contentType: type], body: .bytes(bytes))
  }

  /// Itself, or 304 when the caller has what its tag names.
  func unlessKnown(to call: Call) -> Reply {
    guard let tag = headers[.eTag], EntityTag.isKnown(tag, to: call.request) else { return self }
    var reply = Reply(status: .notModified, headers: headers)
    // Of what is not sent (RFC 9110, section 15.4.5).
    reply.headers[.contentType] = nil
    return reply
  }

  static let jsonType = "application/json; charset=utf-8"
}

extension Reply {
  /// Leads a browser to another page (RFC 9110, section 15.4.4).
  ///
  /// - Parameters:
  ///   - path: Without a query where there is a notice.
  ///   - notice: What the page is to say.
  ///   - cookie: What the browser is to keep, or to forget.
  static func redirect(to path: String, saying notice: Notice? = nil, cookie: String? = nil) -> Reply {
    let target = notice.map { "\(path)?\(Notice.parameter)=\($0.rawValue)" } ?? path
    var reply = Reply(status: .seeOther, headers: [.location: target])
    if let cookie { reply.headers[.setCookie] = cookie }
    return reply
  }
}
