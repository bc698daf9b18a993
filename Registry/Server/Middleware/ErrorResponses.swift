import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import RegistryAPI
import Skills

/// Turns every failure of a handler into one response, in the form that its row says, and logs the ones that are ours.
struct ErrorResponses: RouterMiddleware {
  let pages: PageRenderer

  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPParserError {
      // The request broke off or is no HTTP; its connection answers it and closes.
      throw error
    } catch let moved as MovedAuthor {
      return moved.response(to: request)
    } catch {
      // Only the router throws this one: handlers have errors of their own.
      let hasNoEndpoint = (error as? HTTPError)?.status == .notFound
      let failure = hasNoEndpoint ? MeshError(withoutEndpoint: request.uri.path) : MeshError(ofHandler: error)
      if failure.code == .internalError || failure.code == .storageFull {
        context.logger.error("request failed", metadata: ["error": "\(error)"])
      }
      var response = response(failure, to: request, id: context.id)
      response.headers[.requestID] = context.id
      return response
    }
  }

  private func response(_ failure: MeshError, to request: Request, id: String) -> Response {
    let row = Endpoint.row(request.method.rawValue, at: request.uri.path)
    switch row?.failures {
    case .page where failure.code == .unauthorized: return Self.signIn(for: request)
    case .page: return page(failure, id, isOfForm: request.method == .post)
    case .oauth where failure.code.isFromOAuth: return Self.oauth(failure, id)
    // Version 2 of the relay has it so; of a person's agent it is known that it exists.
    case .problem where row?.access == .platform && failure.code == .agentOffline:
      return Self.problem(failure, id, status: .notFound)
    // What its owner asks for cannot be done as it is.
    case .problem where row?.access == .agentOwner && failure.code == .agentOffline:
      return Self.problem(failure, id, status: .conflict)
    case .problem, .oauth: return Self.problem(failure, id)
    case nil where AcceptedTypes(request.headers[.accept]).namesHTML: return page(failure, id)
    case nil: return Self.problem(failure, id)
    }
  }

  /// Leads to the page for signing in and, where nothing was sent that would be lost, back.
  private static func signIn(for request: Request) -> Response {
    let target = ReturnPath(request.method == .get ? request.uri.string : nil).through(.signIn)
    return Response(status: .seeOther, headers: [.location: target, .cacheControl: Caching.never.rawValue])
  }

  /// - Parameter isOfForm: Whether what was typed into a form is lost with it.
  private func page(_ failure: MeshError, _ id: String, isOfForm: Bool = false) -> Response {
    let status = failure.code.responseStatus
    let content = ErrorPage(
      status: status.code, message: failure.message, hint: failure.hint, requestID: id,
      canBeSentAgain: isOfForm && [.tooManyRequests, .unavailable].contains(failure.code))
    var headers = PageRenderer.headers
    headers[.cacheControl] = "no-store"
    Self.add(Self.fields(of: failure).filter { $0.key == "Retry-After" || $0.key == "Allow" }, to: &headers)
    let html = pages.html(.error, status.reasonPhrase, content, for: Visitor())
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  private static func oauth(_ failure: MeshError, _ requestID: String) -> Response {
    let body = OAuthError(
      error: failure.code.oauthCode, errorDescription: failure.message, requestID: requestID)
    let headers: HTTPFields = [.contentType: Reply.jsonType, .cacheControl: "no-store"]
    let bytes = (try? WireCoding.encode(body)) ?? []
    return Response(status: .badRequest, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// - Parameter other: Nil for the one of the code.
  private static func problem(
    _ failure: MeshError, _ requestID: String, status other: HTTPResponse.Status? = nil
  ) -> Response {
    let status = other ?? failure.code.responseStatus
    let body = ErrorBody(failure, status: status.code, title: status.reasonPhrase, requestID: requestID)
    var headers: HTTPFields = [.contentType: ErrorBody.mediaType, .cacheControl: "no-store"]
    add(fields(of: failure), to: &headers)
    let bytes = (try? WireCoding.encode(body)) ?? []
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Those of every failure with its code, and its own before them.
  private static func fields(of failure: MeshError) -> [String: String] {
    failure.code.headers.merging(failure.headers, uniquingKeysWith: { $1 })
  }

  private static func add(_ fields: [String: String], to headers: inout HTTPFields) {
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
  }
}

extension ErrorCode {
  /// Whether the protocol has a word for it; what a right or a limit refuses, or this side fails at, keeps its status.
  fileprivate var isFromOAuth: Bool { [400, 413, 415, 422].contains(httpStatus) }

  /// The word of RFC 6749, section 5.2, or of RFC 8628, section 3.5.
  fileprivate var oauthCode: String {
    switch self {
    case .authorizationPending, .slowDown, .expiredToken, .accessDenied, .unsupportedGrantType: wire
    default: "invalid_request"
    }
  }
}
