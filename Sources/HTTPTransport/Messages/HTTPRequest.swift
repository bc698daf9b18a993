/// One request, complete with the rules by which it may be bounded, repeated and redirected.
package struct HTTPRequest: Sendable {
  /// Bytes of a decoded answer that is held in memory, unless the request says otherwise: 8 MiB.
  package static let defaultResponseLimit = 8 << 20

  package var method: HTTPMethod
  package var url: HTTPURL
  package var headers: HTTPHeaders
  package var body: HTTPBody
  package var credential: Credential?
  /// The most bytes, after decompression, that an answer in memory may have; more is `.tooLarge`.
  package var responseLimit: Int
  /// The exact size in bytes of a successful answer, when it is known: anything else is `.sizeMismatch`.
  package var expectedSize: Int?
  package var timeouts: Timeouts
  package var retries: RetryPolicy
  /// Whether redirects are followed; the answer that asks for one is returned otherwise.
  package var followsRedirects = true
  /// The address of IPv4 or IPv6, without brackets, that is connected to instead of asking which the host has; `Host`
  /// and the certificate are those of the URL.
  ///
  /// Without effect where a proxy is used.
  package var address: String?

  package init(
    _ method: HTTPMethod, _ url: HTTPURL, headers: HTTPHeaders = [:], body: HTTPBody = .none,
    credential: Credential? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.credential = credential
    responseLimit = Self.defaultResponseLimit
    timeouts = Timeouts()
    retries = .safeMethods
  }
}
