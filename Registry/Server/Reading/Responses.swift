import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The few shapes in which answers go out.
enum Responses {
  /// Who may keep an answer, and for how long.
  enum Caching {
    /// May be kept, must be asked about again every time.
    case revalidated
    /// Cannot change.
    case immutable
    /// For the caller alone.
    case `private`

    var header: String {
      switch self {
      case .revalidated: "public, no-cache"
      case .immutable: "public, max-age=31536000, immutable"
      case .private: "private, no-store"
      }
    }
  }

  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json; charset=utf-8", .cacheControl: Caching.private.header],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try WireCoding.encode(value))))
  }

  /// What is known of a skill, as JSON with a tag that is its digest, or 304 when the caller has it.
  static func json(_ value: some Encodable, of skill: SkillRecord, for request: Request) throws -> Response {
    let bytes = try WireCoding.encode(value)
    return tagged(
      ByteBuffer(bytes: bytes), type: "application/json; charset=utf-8", tag: "\"\(Digest(of: bytes).hexadecimal)\"",
      caching: skill.isPrivate ? .private : .revalidated, for: request)
  }

  /// A document with a strong tag, or 304 when the caller has it.
  static func tagged(
    _ body: ByteBuffer, type: String, tag: String, caching: Caching, for request: Request
  ) -> Response {
    var headers: HTTPFields = [.eTag: tag, .cacheControl: caching.header]
    if matches(request, tag) { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = type
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
  }

  /// Whether `If-None-Match` names `tag` (weak comparison, RFC 9110, section 13.1.2).
  static func matches(_ request: Request, _ tag: String) -> Bool {
    guard let header = request.headers[.ifNoneMatch] else { return false }
    if header == tag || header == "*" { return true }
    return header.split(separator: ",").contains { isSame($0, tag) }
  }

  /// Whether `item`, strong or weak, is the tag `tag`.
  static func isSame(_ item: some StringProtocol, _ tag: String) -> Bool {
    let trimmed = item.drop { $0 == " " }
    let strong = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
    return strong.prefix { $0 != " " } == tag
  }
}
