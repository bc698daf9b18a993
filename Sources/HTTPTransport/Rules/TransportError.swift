/// Why no answer came, or not the whole of it.
///
/// An answer with an error status is none of these.
package struct TransportError: Error, Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    case invalidURL
    /// Plain `http` to a host that is not this machine and was not allowed.
    case insecureURL
    /// A header field or token that cannot be sent.
    case invalidRequest
    case resolve
    case connect
    case proxy
    case tls
    case timeout(Phase)
    case connectionLost
    case tooLarge
    case sizeMismatch
    case tooManyRedirects
    case refusedRedirect
    /// The answer to a request for a WebSocket was another one.
    case refusedUpgrade(status: Int)
    case protocolError
    case cancelled
    /// With the `errno` of the call that failed.
    case file(Int32)
    case outOfMemory
    /// libcurl is not installed or too old.
    case unavailable
  }

  package enum Phase: Sendable {
    case connect
    case stall
    case total
  }

  package var code: Code
  /// The address without its query, or the file.
  package var target: String
  /// What libcurl or the system said, when it says more than the code.
  package var detail: String?

  init(_ code: Code, at target: String, detail: String? = nil) {
    self.code = code
    self.target = target
    self.detail = detail
  }
}
