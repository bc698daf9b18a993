/// The methods that are spoken; the raw value is what stands on the wire.
package enum HTTPMethod: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"

  /// Whether repeating the request unasked can change nothing on the server (RFC 9110, 9.2.1).
  var isSafe: Bool { self == .get || self == .head }
}
