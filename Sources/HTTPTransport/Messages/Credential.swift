/// A bearer token and the one origin that it is for.
///
/// It goes nowhere else, whatever redirects say.
///
/// Printing, dumping or interpolating it shows a constant.
package struct Credential: Hashable, Sendable {
  package let origin: Origin
  private let token: String

  /// - Throws: `.invalidRequest` when the token is empty or has anything but visible ASCII characters.
  package init(token: String, for origin: Origin) throws(TransportError) {
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw TransportError(
        .invalidRequest, at: "\(origin)", detail: "the token is empty or has characters that no token has")
    }
    self.origin = origin
    self.token = token
  }

  /// The header field, or nil when `destination` is not what the token is for.
  func authorization(for destination: Origin) -> HTTPHeaders.Field? {
    guard destination == origin else { return nil }
    return HTTPHeaders.Field(name: "Authorization", value: "Bearer \(token)")
  }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<credential>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
