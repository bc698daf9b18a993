import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A server of the framework alone with one route: the same bytes with the same headers, and nothing else.
///
/// Beside it shows what our own rights, limits and logs cost. It stops when the value goes out of use.
final class BareRoute: Sendable {
  static let path = "/index/:author/:slug"

  let port: UInt16
  private let running: Task<Void, any Error>

  private init(port: UInt16, running: Task<Void, any Error>) {
    self.port = port
    self.running = running
  }

  deinit { running.cancel() }

  static func start(_ answer: HTTPAnswer) throws -> BareRoute {
    let router = Router()
    let body = ByteBuffer(bytes: answer.body)
    let (tag, caching) = (answer["etag"] ?? "", answer["cache-control"] ?? "")
    let (type, sniffing) = (answer["content-type"] ?? "", answer["x-content-type-options"] ?? "")
    let policy = answer["content-security-policy"] ?? ""
    router.get(RouterPath(path)) { request, _ -> Response in
      // Made for each response, as a route does that has nothing prepared.
      var headers: HTTPFields = [
        .eTag: tag, .cacheControl: caching, .xContentTypeOptions: sniffing, .contentSecurityPolicy: policy,
      ]
      if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
      headers[.contentType] = type
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
    return try start(router)
  }

  private static func start(_ router: Router<BasicRequestContext>) throws -> BareRoute {
    let listening = DispatchSemaphore(value: 0)
    let shared = PortBox()
    var logger = Logger(label: "bare")
    logger.logLevel = .error
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        shared.set(UInt16(channel.localAddress?.port ?? 0))
        listening.signal()
      },
      logger: logger)
    let running = Task { try await application.run() }
    guard listening.wait(timeout: .now() + 10) == .success else { throw Failure("the bare route did not start") }
    return BareRoute(port: shared.port, running: running)
  }
}

/// A port that another thread learns.
private final class PortBox: Sendable {
  private let state = Mutex<UInt16>(0)

  var port: UInt16 { state.withLock { $0 } }

  func set(_ port: UInt16) { state.withLock { $0 = port } }
}
