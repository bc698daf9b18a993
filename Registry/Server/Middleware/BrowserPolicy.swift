import HTTPTypes
import Hummingbird

/// Has browsers run, load and frame nothing of what is no page, and take it for nothing but what it says it is.
///
/// Pages and files have policies of their own, which stay.
struct BrowserPolicy: RouterMiddleware {
  /// Whether browsers are to come back by HTTPS alone (RFC 6797).
  let isSecure: Bool

  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers[.xContentTypeOptions] = "nosniff"
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    }
    if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }
}
