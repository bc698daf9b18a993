/// One request to one address on the way to an answer: the first is what was asked for, redirects lead to others.
struct Request: Sendable {
  var method: HTTPMethod
  var url: HTTPURL
  var headers: HTTPHeaders
  var body: HTTPBody
  /// What is connected to; nil for what the resolver says.
  var address: String?

  init(_ request: HTTPRequest) {
    method = request.method
    url = request.url
    headers = request.headers
    body = request.body
    address = request.address
  }

  /// Where a redirect leads (RFC 9110, 15.4).
  ///
  /// Only to https, or from plain http to plain http of the same host. Fields that prove who we are and bodies do not
  /// leave the origin.
  ///
  /// - Throws: `.refusedRedirect`.
  func redirected(by status: Int, to location: String) throws(TransportError) -> Request {
    guard let destination = try? HTTPURL(parsing: location) else {
      throw TransportError(.refusedRedirect, at: "\(url)", detail: "it leads to '\(HTTPURL.redacting(location))'")
    }
    guard Self.mayLead(from: url.origin, to: destination.origin) else {
      throw TransportError(.refusedRedirect, at: "\(url)", detail: "it leads to \(destination)")
    }
    var next = self
    next.url = destination
    if status == 303 && method != .head || (status == 301 || status == 302) && method == .post {
      next.method = .get
      next.body = .none
      next.headers["Content-Type"] = nil
    }
    guard destination.origin != url.origin else { return next }
    next.address = nil
    guard next.body.isNone else {
      throw TransportError(.refusedRedirect, at: "\(url)", detail: "it would send the data to \(destination.origin)")
    }
    for name in ["Authorization", "Cookie", "Proxy-Authorization"] { next.headers[name] = nil }
    return next
  }

  static func isRedirect(status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

  private static func mayLead(from origin: Origin, to destination: Origin) -> Bool {
    if destination.scheme == .https { return true }
    return origin.scheme == .http && origin.host == destination.host
  }
}
