/// A statement whose values travel beside the text, so that nothing from outside ever becomes SQL.
///
///     let query: SQL = "SELECT id FROM authors WHERE name = \(name)"
///
/// Every interpolated value is rendered as a numbered placeholder; only `\(raw:)` of a literal joins the text.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  package private(set) var text: String
  package private(set) var values: [SQLValue]

  package init(stringLiteral text: String) {
    self.text = text
    values = []
  }

  package init(stringInterpolation parts: Interpolation) {
    text = parts.text
    values = parts.values
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var values: [SQLValue] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 3)
    }

    package mutating func appendLiteral(_ literal: String) {
      text += literal
    }

    package mutating func appendInterpolation(_ value: (some SQLValueConvertible)?) {
      values.append(value?.sqlValue ?? .null)
      text += "?\(values.count)"
    }

    /// What stands between the parentheses of an `IN`: a placeholder for each, or `NULL`, in which nothing is.
    package mutating func appendInterpolation(list: some Collection<Int64>) {
      let placeholders = list.map { value -> String in
        values.append(.integer(value))
        return "?\(values.count)"
      }
      text += placeholders.isEmpty ? "NULL" : placeholders.joined(separator: ", ")
    }

    /// A fixed part of a statement, such as a list of columns.
    package mutating func appendInterpolation(raw: StaticString) {
      text += raw.description
    }
  }
}
