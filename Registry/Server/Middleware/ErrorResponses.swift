import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import RegistryAPI
import Skills

/// Turns every failure of a handler into one `application/problem+json` response, and logs the ones that are ours.
struct ErrorResponses: RouterMiddleware {
  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPParserError {
      // The request broke off or is no HTTP; its connection answers it and closes.
      throw error
    } catch {
      // Only the router throws this one: handlers have errors of their own.
      let hasNoEndpoint = (error as? HTTPError)?.status == .notFound
      let failure = hasNoEndpoint ? MeshError(withoutEndpoint: request.uri.path) : MeshError(ofHandler: error)
      if failure.code == .internalError || failure.code == .storageFull {
        context.logger.error("request failed", metadata: ["error": "\(error)"])
      }
      var response = Self.response(failure, requestID: context.id)
      if Self.mayHaveUnreadBody(request) { response.headers[.connection] = "close" }
      return response
    }
  }

  private static func response(_ failure: MeshError, requestID: String) -> Response {
    let status = failure.code.responseStatus
    let body = ErrorBody(failure, status: status.code, title: status.reasonPhrase, requestID: requestID)
    var headers: HTTPFields = [.contentType: ErrorBody.mediaType, .cacheControl: "no-store"]
    for (name, value) in failure.code.headers.merging(failure.headers, uniquingKeysWith: { $1 }) {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    let bytes = (try? WireCoding.encode(body)) ?? []
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A refused upload may still be on its way; the connection ends with the response instead of swallowing it.
  private static func mayHaveUnreadBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || (request.headers[.contentLength] ?? "0") != "0"
  }
}
