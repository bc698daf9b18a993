import Foundation
import HTTPTransport
import RegistryAPI

/// The one way by which the registry itself calls others.
///
/// It knows no proxies, no cookies and no tokens, follows no redirect, and asks no resolver.
struct CallbackTransport: Sendable {
  struct Response: Sendable {
    var status: Int
    /// At most 64 KiB.
    var body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(status) }
  }

  private static let connectTimeout = Duration.seconds(5)
  private static let totalTimeout = Duration.seconds(10)
  private static let responseLimit = 64 << 10

  let transport: HTTPTransport

  /// - Parameter insecureHosts: Hosts that are called without TLS.
  init(insecureHosts: Set<String>) {
    var configuration = TransportConfiguration(
      userAgent: "agent-mesh-registry/\(ProgramVersion.current)", environment: [:])
    // Of the environment only which certificates are trusted.
    configuration.trust = TrustSettings(environment: ProcessInfo.processInfo.environment)
    configuration.allowsInsecure = { insecureHosts.contains($0) }
    transport = HTTPTransport(configuration)
  }

  /// Sends JSON.
  ///
  /// - Parameter address: What is connected to, whatever the name in the URL leads to meanwhile.
  /// - Throws: `CallbackFailure` where no answer came, or one that is too large.
  func post(
    _ body: [UInt8], to url: CallbackURL, at address: IPAddress, fields: [String: String] = [:]
  ) async throws(CallbackFailure) -> Response {
    do throws(TransportError) {
      var request = HTTPRequest(.post, try HTTPURL(parsing: url.text), body: .bytes(body))
      request.headers["Content-Type"] = "application/json"
      for (name, value) in fields { request.headers[name] = value }
      request.address = address.description
      let response = try await transport.send(Self.bounded(request))
      return Response(status: response.status, body: response.body)
    } catch {
      throw CallbackFailure(error)
    }
  }

  private static func bounded(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.followsRedirects = false
    request.retries = .never
    request.responseLimit = responseLimit
    request.timeouts = Timeouts(connect: connectTimeout, stall: nil, total: totalTimeout)
    return request
  }
}

/// Why nobody answered a call.
struct CallbackFailure: Error {
  /// For whoever has entered the address.
  let reason: String

  fileprivate init(_ error: TransportError) {
    reason =
      switch error.code {
      case .timeout: "it did not answer in time"
      case .connect, .connectionLost: "it cannot be reached"
      case .tls: "its certificate does not count"
      case .tooLarge: "its answer is too large"
      default: "its answer cannot be read"
      }
  }
}
