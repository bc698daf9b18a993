/// The status line and header fields of an answer, and where it came from.
package struct ResponseHead: Hashable, Sendable {
  package enum Version: String, Sendable {
    case http10 = "HTTP/1.0"
    case http11 = "HTTP/1.1"
    case http2 = "HTTP/2"
    case http3 = "HTTP/3"
  }

  package var status: Int
  package var version: Version
  package var headers: HTTPHeaders
  /// The address that answered, after redirects.
  package var url: HTTPURL

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// The announced size of the body in bytes; nil when there is none or when the body travels encoded.
  package var contentLength: Int? {
    guard headers["Content-Encoding"] == nil else { return nil }
    return headers["Content-Length"].flatMap { Int($0) }
  }
}

/// An answer with its whole body.
///
/// Every status is an answer, not an error.
package struct HTTPResponse: Hashable, Sendable {
  package var head: ResponseHead
  /// Decoded bytes.
  package var body: [UInt8]

  package var status: Int { head.status }
  package var headers: HTTPHeaders { head.headers }
  package var isSuccess: Bool { head.isSuccess }
}
