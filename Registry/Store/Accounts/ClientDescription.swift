/// Where a session or a login comes from, as its owner is shown it: what the client says of itself, and its address.
///
/// Each text is cut to 200 characters and rid of what is not printable.
package struct ClientDescription: Sendable, Hashable {
  /// The browser's `User-Agent`, or the name of the device.
  package var name: String
  package var address: String

  package init(name: String, address: String) {
    self.name = Self.clean(name)
    self.address = Self.clean(address)
  }

  private static func clean(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter(\.isPrintable).prefix(200)))
  }
}

extension ClientDescription {
  init(_ row: SQLRow) throws {
    self.init(name: try row.text("client_name"), address: try row.text("client_address"))
  }
}
