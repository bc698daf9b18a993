import HTTPTransport

extension TransportError {
  /// Whether dialling again cannot help.
  var isFinalForLink: Bool {
    switch code {
    case .invalidURL, .insecureURL, .invalidRequest, .unavailable: true
    default: false
    }
  }
}
