import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// Turns every failure of a handler into one `application/problem+json` answer, and logs the ones that are ours.
struct ProblemResponses: RouterMiddleware {
  func handle(
    _ request: Request, context: RegistryContext, next: (Request, RegistryContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPParserError {
      // The request broke off or is no HTTP; its connection answers it and closes.
      throw error
    } catch {
      let failure = Self.failure(for: error)
      if failure.code == .internalError || failure.code == .storageFull {
        context.logger.error("request failed", metadata: ["error": "\(error)"])
      }
      var response = Self.response(failure, requestID: context.id)
      if let wrong = error as? WrongMethod { response.headers[.allow] = wrong.allowed }
      if let range = error as? UnsatisfiableRange { response.headers[.contentRange] = "bytes */\(range.size)" }
      if failure.code == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"agent-mesh\"" }
      if failure.code == .unavailable || failure.code == .storageFull { response.headers[.retryAfter] = "10" }
      if Self.mayHaveUnreadBody(request) { response.headers[.connection] = "close" }
      return response
    }
  }

  private static func response(_ failure: MeshError, requestID: String) -> Response {
    let status = failure.code.responseStatus
    let body = ErrorBody(failure, status: status.code, title: status.reasonPhrase, requestID: requestID)
    let bytes = (try? WireCoding.encode(body)) ?? []
    return Response(
      status: status,
      headers: [.contentType: ErrorBody.mediaType, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A refused upload may still be on its way; the connection ends with the answer instead of swallowing it.
  private static func mayHaveUnreadBody(_ request: Request) -> Bool {
    request.headers[.transferEncoding] != nil || (request.headers[.contentLength] ?? "0") != "0"
  }

  static func failure(for error: any Error) -> MeshError {
    switch error {
    case let error as any MeshErrorConvertible where error.meshError.code.isForClients: error.meshError
    case let refusal as PublishRefusal: refusal.failure
    case let refusal as Reason.Refusal: MeshError(.validationError, "\(refusal)")
    case let failure as StoreFailure: failure.failure
    case is ChannelError, is CancellationError: MeshError(.cancelled, "the request was given up")
    case is WrongMethod: MeshError(.methodNotAllowed, "this path does not take that method")
    case let range as UnsatisfiableRange:
      MeshError(.rangeNotSatisfiable, "the range lies beyond the \(range.size) bytes that there are")
    case let error as HTTPError: failure(for: error)
    default: MeshError(.internalError, "the registry failed to answer", hint: "Try again later.")
    }
  }

  private static func failure(for error: HTTPError) -> MeshError {
    switch error.status {
    case .notFound: MeshError(.notFound, "there is nothing at this path")
    case .contentTooLarge: MeshError(.payloadTooLarge, "the request body is too large")
    default: MeshError(error.status.code < 500 ? .invalidRequest : .internalError, "the request cannot be served")
    }
  }
}

/// A known path was asked for with a method that it does not take.
struct WrongMethod: Error {
  var allowed: String
}

extension StoreFailure {
  fileprivate var failure: MeshError {
    switch self {
    case .full: MeshError(.storageFull, "the registry has no space left; nothing was changed")
    case .readOnly: MeshError(.unavailable, "the registry takes no changes at the moment")
    case .exhausted: MeshError(.unavailable, "the registry is at the limit of what it can do at once")
    case .corrupt, .inaccessible, .inUse, .newerSchema:
      MeshError(.internalError, "the registry failed to answer", hint: "Try again later.")
    }
  }
}

extension PublishRefusal {
  fileprivate var failure: MeshError {
    switch self {
    case .versionExists(let newest):
      MeshError(
        .versionExists, "this version is already published with other content",
        hint: "Versions never change: publish a higher one\(newest.map { " than \($0)" } ?? "").")
    case .versionWithdrawn(let newest):
      MeshError(
        .versionExists, "this version was withdrawn, and its number is never used again",
        hint: "Publish a higher one\(newest.map { " than \($0)" } ?? "").")
    case .quarantined(let reason):
      MeshError(
        .quarantined, "the operator of the registry took this out of reach\(reason.map { ": \($0)" } ?? "")",
        hint: "Nothing can be published to it until the operator releases it.")
    }
  }
}
