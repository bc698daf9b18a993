/// A value of a JSON text, with the place where it starts; members keep their order and their duplicates.
struct JSONNode {
  enum Kind {
    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  struct Member {
    let key: String
    /// The byte at which the key starts.
    let offset: Int
    let value: JSONNode

    /// The key itself as a node, for its place.
    var node: JSONNode { JSONNode(kind: .string(key), offset: offset) }
  }

  let kind: Kind
  /// The byte at which it starts.
  let offset: Int

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

  subscript(_ key: String) -> JSONNode? {
    guard case .object(let members) = kind else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// A whole number that fits; nil for everything else, `1.0` and `1e3` too.
  var integer: Int? {
    guard case .number(let text) = kind else { return nil }
    return Int(text)
  }
}
