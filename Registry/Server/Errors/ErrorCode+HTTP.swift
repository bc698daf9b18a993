import HTTPTypes
import NIOHTTP1
import Skills

extension ErrorCode {
  /// The HTTP status of the table, with its reason.
  var responseStatus: HTTPResponse.Status {
    .init(code: httpStatus, reasonPhrase: HTTPResponseStatus(statusCode: httpStatus).reasonPhrase)
  }

  /// Header fields of every response with this code, beside those that an error brings along.
  var headers: [String: String] {
    switch self {
    case .unauthorized: ["WWW-Authenticate": "Bearer realm=\"agent-mesh\""]
    case .upgradeRequired: ["Upgrade": "websocket"]
    case .unavailable, .storageFull, .tooManyRequests: ["Retry-After": "10"]
    default: [:]
    }
  }
}
