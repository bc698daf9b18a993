import CCurl

/// A status of libcurl that is not "done", in words.
struct CurlStatus: Error {
  var code: CURLcode
  var message: String

  /// - Parameter phase: what ran out of time, should that be the reason.
  func error(at url: HTTPURL, phase: TransportError.Phase) -> TransportError {
    TransportError(kind(phase), at: "\(url)", detail: message)
  }

  private func kind(_ phase: TransportError.Phase) -> TransportError.Code {
    switch code {
    case CURLE_OPERATION_TIMEDOUT: .timeout(phase)
    case CURLE_COULDNT_RESOLVE_HOST: .resolve
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED: .connect
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .connectionLost
    case CURLE_OUT_OF_MEMORY: .outOfMemory
    case CURLE_URL_MALFORMAT: .invalidURL
    case CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN, CURLE_FAILED_INIT: .unavailable
    case _ where Self.ofTLS.contains(code): .tls
    default: .protocolError
    }
  }

  private static let ofTLS: [CURLcode] = [
    CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
    CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
    CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED,
  ]
}
