import ArgumentParser
import RegistryAPI

/// What an agent says of itself.
struct AgentFields: ParsableArguments {
  @Option(help: "What it is called.")
  var name: String?

  @Option(help: "The kind of its runtime.", completion: .list(["claude", "exec"]))
  var type: String?

  @Option(help: "What it is good for.")
  var description: String?

  @Option(
    help: "public, or private: for you and those you share it with.",
    completion: .list(AgentVisibility.allCases.map(\.rawValue)), transform: AgentFields.visibility)
  var visibility: AgentVisibility?

  @Option(help: "What it can do, separated by commas.")
  var capabilities: String?

  var agentType: String? { type?.lowercased() }

  var capabilityList: [String]? {
    capabilities?.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
  }

  var isEmpty: Bool {
    name == nil && type == nil && description == nil && visibility == nil && capabilities == nil
  }

  @Sendable static func visibility(_ text: String) throws -> AgentVisibility {
    guard let visibility = AgentVisibility(rawValue: text.lowercased()) else {
      throw ValidationError("--visibility is public or private")
    }
    return visibility
  }
}
