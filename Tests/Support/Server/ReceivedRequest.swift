/// A request as it came over the wire.
package struct ReceivedRequest: Sendable {
  package var method: String
  package var target: String
  package var headers = ReceivedHeaders()
  /// Empty when the client waits for "100 Continue".
  package var body: [UInt8] = []

  package init(method: String, target: String) {
    self.method = method
    self.target = target
  }
}

/// Header fields in the order they came, found by name in any case.
package struct ReceivedHeaders: Sendable {
  private var fields: [(name: String, value: String)] = []

  package init() {}

  /// The first value of that name.
  package subscript(_ name: String) -> String? { values(of: name).first }

  package func values(of name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  package mutating func append(_ name: String, _ value: String) {
    fields.append((name, value))
  }
}
