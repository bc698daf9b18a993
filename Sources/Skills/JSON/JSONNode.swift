/// A value of a JSON text, with the position where it starts; members keep their order and their duplicates.
package struct JSONNode {
  package enum Kind {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  package struct Member {
    package let key: String
    /// The byte at which the key starts.
    package let offset: Int
    package let value: JSONNode

    /// The key itself as a node, for its position.
    var node: JSONNode { JSONNode(kind: .string(key), offset: offset) }
  }

  package let kind: Kind
  /// The byte at which it starts.
  package let offset: Int

  /// What a person calls a value of this kind.
  var noun: String {
    switch kind {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  package subscript(_ key: String) -> JSONNode? {
    guard case .object(let members) = kind, let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    return members[index].value
  }

  /// A whole number that fits; nil for everything else, `1.0` and `1e3` too.
  package var integer: Int? {
    guard case .number(let text) = kind else { return nil }
    return Int(text)
  }

  /// Nil for everything that is no text.
  package var string: String? {
    guard case .string(let text) = kind else { return nil }
    return text
  }

  /// Nil for everything that is neither true nor false.
  package var bool: Bool? {
    guard case .bool(let value) = kind else { return nil }
    return value
  }

  /// Nil for everything that is no list.
  package var items: [JSONNode]? {
    guard case .array(let items) = kind else { return nil }
    return items
  }

  /// Nil for what is not JSON in UTF-8, or nested too deep.
  package init?(reading bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil, let node = try? JSONParser.parse(bytes) else { return nil }
    self = node
  }

  init(kind: Kind, offset: Int) {
    (self.kind, self.offset) = (kind, offset)
  }
}
