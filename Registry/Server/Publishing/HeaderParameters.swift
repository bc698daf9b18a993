/// A header value with parameters: `form-data; name="package"; filename="a.zip"` (RFC 9110, section 5.6.6).
struct HeaderParameters {
  /// The part before the first semicolon, in lower case.
  let value: String
  private var parameters: [String: String] = [:]

  init(_ text: String) {
    var rest = Substring(text)
    value = Self.takeToken(&rest).lowercased()
    while rest.popFirst() == ";" {
      let name = Self.takeToken(&rest, stoppingAt: "=").lowercased()
      guard rest.popFirst() == "=" else { return }
      rest = rest.drop { $0 == " " || $0 == "\t" }
      parameters[name] = rest.first == "\"" ? Self.takeQuoted(&rest) : Self.takeToken(&rest)
    }
  }

  subscript(_ name: String) -> String? { parameters[name] }

  private static func takeToken(_ rest: inout Substring, stoppingAt stop: Character = ";") -> String {
    let token = rest.prefix { $0 != stop && $0 != ";" }
    rest = rest[token.endIndex...]
    return token.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }

  private static func takeQuoted(_ rest: inout Substring) -> String {
    rest.removeFirst()
    var text = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let escaped = rest.popFirst() {
        text.append(escaped)
      } else {
        text.append(character)
      }
    }
    rest = rest.drop { $0 != ";" }
    return text
  }
}
