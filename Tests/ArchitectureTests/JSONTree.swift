/// JSON as it is, with Booleans and numbers told apart.
enum JSONTree: Decodable, Hashable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? value.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONTree].self))
    }
  }

  /// None where it is no object.
  var members: [String: JSONTree] { if case .object(let members) = self { members } else { [:] } }

  /// None where it is no list.
  var items: [JSONTree] { if case .list(let items) = self { items } else { [] } }

  var integer: Int? { if case .integer(let integer) = self { integer } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The name that JSON Schema has for what it is.
  var type: String {
    switch self {
    case .null: "null"
    case .flag: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "string"
    case .list: "array"
    case .object: "object"
    }
  }
}
