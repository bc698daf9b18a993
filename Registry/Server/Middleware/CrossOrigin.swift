import HTTPTypes
import Hummingbird
import RegistryAPI

/// Lets scripts of the sites that the operator names read the API (CORS: Fetch standard, section 3.3).
///
/// They come without cookies, and the API would not look at any.
struct CrossOrigin: RouterMiddleware {
  let origins: Set<WebOrigin>

  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    guard let header = request.headers[.origin], let origin = WebOrigin(header), origins.contains(origin) else {
      return Self.varying(try await next(request, context))
    }
    let methods = Endpoint.all.filter { !$0.access.isForBrowsers && $0.route.matches(request.uri.path) }
    guard !methods.isEmpty else { return try await next(request, context) }
    let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
    var response = isPreflight ? Response(status: .noContent) : try await next(request, context)
    response.headers[.accessControlAllowOrigin] = header
    if isPreflight {
      response.headers[.accessControlAllowMethods] = methods.map(\.method.rawValue).joined(separator: ", ")
      response.headers[.accessControlAllowHeaders] = Self.requestFields
      response.headers[.accessControlMaxAge] = "600"
    } else {
      response.headers[.accessControlExposeHeaders] = Self.responseFields
    }
    return Self.varying(response)
  }

  private static let requestFields =
    "Authorization, Content-Type, If-None-Match, Idempotency-Key, Last-Event-ID, X-Session-Key, X-Caller-Agent-Id"
  private static let responseFields = "ETag, Retry-After, X-Call-Id, X-Session-Key, \(ErrorBody.requestIDField)"

  private static func varying(_ response: Response) -> Response {
    var response = response
    let others = response.headers[.vary].map { $0 + ", " } ?? ""
    response.headers[.vary] = others + "Origin"
    return response
  }
}
