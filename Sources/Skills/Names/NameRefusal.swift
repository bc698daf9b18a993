/// A text that is not the name it was given as: what was read, as what, and the rule it breaks.
package struct NameRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  package var kind: String
  package var text: String
  package var reason: String

  package var description: String {
    "'\(TerminalText.escaped(text, limit: 120))' is not \(kind): \(reason)"
  }
}
