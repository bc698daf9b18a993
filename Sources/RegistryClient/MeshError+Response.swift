import HTTPTransport
import RegistryAPI
import Skills

extension MeshError {
  /// What an answer other than success means; the body says it best.
  init(_ response: HTTPResponse, from address: RegistryAddress) {
    let fallback = "the registry \(address) answered with status \(response.status)"
    let body = try? WireCoding.decode(ErrorBody.self, from: response.body)
    if let body, body.isOfRegistry {
      self = body.failure(fallback: fallback)
      // What only this program can know is not for a server to say: it would decide our exit status.
      if code.isLocal { (foreignCode, code) = (code.wire, Self.code(forStatus: response.status)) }
    } else if response.status == 404 {
      self = .absent("what was asked for", at: address)
    } else {
      self.init(Self.code(forStatus: response.status), "\(body?.message ?? body?.detail ?? fallback, limit: 1_000)")
    }
  }

  /// What an answer means that says no more than that something is not there; it may be of any server.
  static func absent(_ thing: Message, at address: RegistryAddress) -> MeshError {
    MeshError(
      .notFound, "\(thing) is not at \(address), and that does not answer like a registry",
      hint: "Check the address. To see the registry that is configured: agent-mesh status")
  }

  private static func code(forStatus status: Int) -> ErrorCode {
    switch status {
    case 400: .invalidRequest
    case 401: .unauthorized
    case 403: .forbidden
    case 404: .notFound
    case 409: .conflict
    case 410: .gone
    case 405: .methodNotAllowed
    case 413: .payloadTooLarge
    case 415: .unsupportedMediaType
    case 416: .rangeNotSatisfiable
    case 429: .tooManyRequests
    case 500: .internalError
    case 501...599: .unavailable
    default: .unknown
    }
  }
}

extension ErrorBody {
  fileprivate var isOfRegistry: Bool { code ?? error != nil }

  /// Whether a body is the failure of a registry, and not the page of any other server.
  static func isPresent(in bytes: [UInt8]) -> Bool {
    (try? WireCoding.decode(ErrorBody.self, from: bytes))?.isOfRegistry ?? false
  }
}
