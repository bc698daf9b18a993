#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension TransportError: CustomStringConvertible {
  /// What happened to which address, what libcurl said, and what to try next.
  package var description: String {
    hint.map { "\(message). \($0)" } ?? message
  }

  /// The same without the next step.
  package var message: String { detail.map { "\(summary) (\($0))" } ?? summary }

  private var summary: String {
    switch code {
    case .invalidURL: "'\(target)' is not an http or https address"
    case .insecureURL: "\(target) is not encrypted"
    case .invalidRequest: "the request to \(target) cannot be sent"
    case .resolve: "the host of \(target) was not found"
    case .connect: "\(target) cannot be reached"
    case .proxy: "the proxy did not let \(target) through"
    case .tls: "no trusted connection to \(target)"
    case .timeout(.connect): "\(target) did not accept a connection in time"
    case .timeout(.stall): "\(target) stopped sending"
    case .timeout(.total): "\(target) did not finish in time"
    case .connectionLost: "the connection to \(target) was lost"
    case .tooLarge: "the answer of \(target) is larger than allowed"
    case .sizeMismatch: "the answer of \(target) does not have the expected size"
    case .tooManyRedirects: "\(target) redirects too often"
    case .refusedRedirect: "a redirect from \(target) was not followed"
    case .refusedUpgrade: "\(target) did not open a WebSocket"
    case .protocolError: "\(target) does not speak HTTP correctly"
    case .cancelled: "the request to \(target) was cancelled"
    case .file(let number): "\(target): \(String(cString: strerror(number)))"
    case .outOfMemory: "not enough memory for the request to \(target)"
    case .unavailable: "libcurl cannot be loaded"
    }
  }

  /// The next step, when there is one.
  package var hint: String? {
    switch code {
    case .insecureURL: "Use https"
    case .resolve: "Check the address and the network"
    case .connect, .timeout(.connect): "Check that the server is running and that a proxy is set where one is needed"
    case .proxy: "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY"
    case .tls: "Set SSL_CERT_FILE to the certificates that you trust if the server uses its own"
    case .timeout(.stall), .timeout(.total), .connectionLost: "Try again later"
    case .tooManyRedirects, .refusedRedirect: "Use the address that the server really has"
    case .unavailable: "Install libcurl 7.85 or newer"
    default: nil
    }
  }
}
