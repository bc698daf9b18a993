import HTTPTypes
import Hummingbird
import Logging

/// One line for every request: method, path without query, status and milliseconds.
///
/// Never a header or a body, and no secret that somebody wrote into a path.
struct RequestLog: RouterMiddleware {
  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    context.logger.info(
      "request",
      metadata: [
        "http.method": "\(request.method)", "http.path": "\(Redaction.path(request.uri.path))",
        "http.status": "\(response.status.code)", "duration.ms": "\(milliseconds)",
      ])
    return response
  }
}
