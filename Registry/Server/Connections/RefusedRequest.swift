import NIOCore
import NIOHTTP1
import RegistryAPI
import Skills

/// The answer to what never becomes a request of the routes: no HTTP, too large a head, a connection too many.
struct RefusedRequest {
  let status: HTTPResponseStatus
  let failure: MeshError

  static func malformed(_ reason: String) -> RefusedRequest {
    RefusedRequest(.badRequest, .invalidRequest, "this is no request that can be answered: \(reason)")
  }

  static func headTooLarge(_ limits: RegistryLimits) -> RefusedRequest {
    RefusedRequest(
      .requestHeaderFieldsTooLarge, .invalidRequest,
      "the head of a request has at most \(limits.headerBytes) bytes and \(limits.headerFields) fields")
  }

  static func addressTooLong(_ limits: RegistryLimits) -> RefusedRequest {
    RefusedRequest(.uriTooLong, .invalidRequest, "the address in a request has at most \(limits.headerBytes) bytes")
  }

  static let tooManyConnections = RefusedRequest(
    .tooManyRequests, .tooManyRequests, "too many connections from this address are open")

  static let missingAgent = RefusedRequest(
    .badRequest, .missingAgentID, "the address of a socket ends in ?agent_id= and the id of an agent")

  static let invalidAgent = RefusedRequest(.badRequest, .invalidAgentID, "agent_id is a UUID")

  static let upgradeRequired = RefusedRequest(
    .upgradeRequired, .upgradeRequired, "this address is for WebSockets, which begin a connection of their own")

  static let foreignOrigin = RefusedRequest(
    .forbidden, .forbidden, "scripts of that origin may not open a socket here")

  static let stopping = RefusedRequest(.serviceUnavailable, .unavailable, "the registry is about to restart")

  private init(_ status: HTTPResponseStatus, _ code: ErrorCode, _ message: Message) {
    self.status = status
    failure = MeshError(code, message)
  }

  /// The parts of the answer, which is the last one on its connection.
  func parts(requestID: String) -> [HTTPServerResponsePart] {
    let problem = ErrorBody(failure, status: Int(status.code), title: status.reasonPhrase, requestID: requestID)
    let body = ByteBuffer(bytes: (try? WireCoding.encode(problem)) ?? [])
    var headers: HTTPHeaders = [
      "Content-Type": ErrorBody.mediaType, "Cache-Control": "no-store", "Connection": "close",
      "Content-Length": "\(body.readableBytes)", ErrorBody.requestIDField: requestID,
    ]
    for (name, value) in failure.code.headers { headers.add(name: name, value: value) }
    return [.head(.init(version: .http1_1, status: status, headers: headers)), .body(.byteBuffer(body)), .end(nil)]
  }
}
