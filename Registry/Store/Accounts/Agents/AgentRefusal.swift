import Skills

/// Why something about agents cannot be done.
package enum AgentRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  /// There is none of that id, or it is somebody else's.
  case unknownAgent(AgentID)

  package var meshError: MeshError {
    switch self {
    case .unknownAgent(let id):
      MeshError(.notFound, "there is no agent \(id)", hint: "To see your own: agent-mesh agents list")
    }
  }
}
