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
extension AgentEvidence: Codable {
  private enum CodingKeys: CodingKey { case project, machine }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let text = try container.decodeIfPresent(String.self, forKey: .project) {
      self = .project(text)
    } else {
      self = .machine(try container.decode(String.self, forKey: .machine))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .project(let text): try container.encode(text, forKey: .project)
    case .machine(let text): try container.encode(text, forKey: .machine)
    }
  }
}
