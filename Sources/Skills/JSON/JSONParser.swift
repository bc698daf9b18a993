/// Reads JSON (RFC 8259) strictly, and keeps what a judge of a file has to see: order, duplicate keys and positions.
///
/// Foundation's readers drop all three, and differ between platforms in what they forgive.
struct JSONParser {
  struct Fault: Error, Hashable {
    /// The byte at which the text stops being JSON.
    var offset: Int
    var reason: String
  }

  static let maximumDepth = 16
  /// What a text of a few megabytes may become in memory has a bound, too.
  static let maximumValues = 1_000_000

  let bytes: [UInt8]
  /// The next byte to read.
  var index: Int
  private var values = 0

  /// - Parameters:
  ///   - bytes: Valid UTF-8.
  ///   - start: The byte at which the JSON starts.
  /// - Returns: The one value of the text.
  static func parse(_ bytes: [UInt8], from start: Int = 0) throws(Fault) -> JSONNode {
    var parser = JSONParser(bytes, at: start)
    parser.skipBlanks()
    let node = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.index == bytes.count else { throw parser.fault("something follows the end of the value") }
    return node
  }

  private init(_ bytes: [UInt8], at index: Int) {
    (self.bytes, self.index) = (bytes, index)
  }

  func fault(_ reason: String) -> Fault { Fault(offset: index, reason: reason) }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar, _ reason: String) throws(Fault) {
    guard next == UInt8(ascii: character) else { throw fault(next == nil ? "the text ends too early" : reason) }
    index += 1
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONNode {
    let start = index
    values += 1
    guard values <= Self.maximumValues else { throw fault("it has more than \(Self.maximumValues) values") }
    switch next {
    case UInt8(ascii: "{"): return JSONNode(kind: .object(try members(depth: depth)), offset: start)
    case UInt8(ascii: "["): return JSONNode(kind: .array(try items(depth: depth)), offset: start)
    case UInt8(ascii: "\""): return JSONNode(kind: .string(try string()), offset: start)
    case UInt8(ascii: "t"): return JSONNode(kind: .bool(try word("true", true)), offset: start)
    case UInt8(ascii: "f"): return JSONNode(kind: .bool(try word("false", false)), offset: start)
    case UInt8(ascii: "n"): return JSONNode(kind: try word("null", JSONNode.Kind.null), offset: start)
    case .some(let byte) where byte == UInt8(ascii: "-") || byte.isDigit:
      return JSONNode(kind: .number(try number()), offset: start)
    case nil: throw fault("the text ends too early")
    default: throw fault("a value is missing")
    }
  }

  private mutating func word<Value>(_ text: String, _ value: Value) throws(Fault) -> Value {
    guard bytes[index...].starts(with: text.utf8) else { throw fault("a value is missing") }
    index += text.utf8.count
    return value
  }

  private mutating func members(depth: Int) throws(Fault) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    try list(closing: "}", depth: depth) { (parser: inout JSONParser) throws(Fault) in
      let start = parser.index
      guard parser.next == UInt8(ascii: "\"") else { throw parser.fault("a key in double quotes is missing") }
      let key = try parser.string()
      parser.skipBlanks()
      try parser.take(":", "a colon is missing after a key")
      parser.skipBlanks()
      members.append(JSONNode.Member(key: key, offset: start, value: try parser.value(depth: depth + 1)))
    }
    return members
  }

  private mutating func items(depth: Int) throws(Fault) -> [JSONNode] {
    var items: [JSONNode] = []
    try list(closing: "]", depth: depth) { (parser: inout JSONParser) throws(Fault) in
      items.append(try parser.value(depth: depth + 1))
    }
    return items
  }

  private mutating func list(
    closing: Unicode.Scalar, depth: Int, _ item: (inout JSONParser) throws(Fault) -> Void
  ) throws(Fault) {
    guard depth < Self.maximumDepth else { throw fault("values are nested more than \(Self.maximumDepth) deep") }
    index += 1
    skipBlanks()
    if next == UInt8(ascii: closing) {
      index += 1
      return
    }
    while true {
      try item(&self)
      skipBlanks()
      if next == UInt8(ascii: closing) { break }
      try take(",", "a comma or '\(closing)' is missing")
      skipBlanks()
      if next == UInt8(ascii: closing) { throw fault("a comma stands before '\(closing)'") }
    }
    index += 1
  }

  private mutating func number() throws(Fault) -> String {
    let start = index
    if next == UInt8(ascii: "-") { index += 1 }
    let firstDigit = index
    try digits()
    if bytes[firstDigit] == UInt8(ascii: "0"), index > firstDigit + 1 {
      throw Fault(offset: start, reason: "a number starts with a zero")
    }
    if next == UInt8(ascii: ".") {
      index += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(Fault) {
    let start = index
    while let next, next.isDigit { index += 1 }
    if index == start { throw fault("a digit is missing") }
  }
}
