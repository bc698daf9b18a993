/// A text that is not the name it was given as: what was read, as what, and the rule it breaks.
package struct NameRefusal: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  package var kind: String
  package var text: String
  package var reason: String

  package var meshError: MeshError { MeshError(.validationError, message) }

  package var description: String { message.description }

  private var message: Message {
    "'\(text, limit: 120)' is not \(kind): \(reason)"
  }
}
