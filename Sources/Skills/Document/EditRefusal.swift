/// Why a field cannot be set without touching more than its own line.
package struct EditRefusal: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  package var key: String
  package var line: Int?
  package var reason: String

  package var meshError: MeshError { MeshError(.validationError, "SKILL.md: \(description, limit: 1_000)") }

  package var description: String {
    let location = line.map { " on line \($0)" } ?? ""
    return "'\(key)' cannot be set\(location): \(reason). Write '\(key): <value>' on a line of its own"
  }
}
