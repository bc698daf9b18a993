/// A thing that is there because an agent is used.
package enum AgentEvidence: Sendable, Hashable {
  /// In the project: a path below it, or `package.json` with the dependency in brackets.
  case project(String)
  /// On the machine: an absolute path.
  case machine(String)

  package var text: String {
    switch self {
    case .project(let text), .machine(let text): text
    }
  }
}

/// `{"project": "…"}` or `{"machine": "…"}`.
extension AgentEvidence: Encodable {
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .project(let text): try ["project": text].encode(to: encoder)
    case .machine(let text): try ["machine": text].encode(to: encoder)
    }
  }
}
