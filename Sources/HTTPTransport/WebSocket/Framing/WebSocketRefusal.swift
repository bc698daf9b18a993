/// Why what the other end sent ends the connection.
package struct WebSocketRefusal: Error, Hashable, Sendable {
  package enum Code: UInt16, Sendable {
    case protocolError = 1002
    /// Text that is not UTF-8.
    case invalidData = 1007
    case tooBig = 1009
  }

  /// The raw value is the code to close with.
  package var code: Code
  /// Short enough for a close frame.
  package var reason: String

  init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}
