import ArgumentParser
import Skills

/// `rate`: what a call was worth.
struct RateCall: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Rate a call that you made.",
    discussion: "A later rating of the same call takes the place of the earlier one.")

  @Argument(help: "The id of the call, as 'agent-mesh call' shows it.")
  var call: String

  @Argument(help: "1 to 5.")
  var rating: Int

  @Option(help: AgentArgument.help, completion: .custom(Completions.agents))
  var agent: String

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false
  static let ratings = 1...5

  func validate() throws {
    guard Self.ratings.contains(rating) else { throw ValidationError("a rating is a number from 1 to 5") }
  }

  func run(in mesh: Mesh) async throws -> RatingReport {
    let client = try mesh.loggedInRegistry(registry)
    try await client.rate(mesh.agentID(agent, at: client), call: call, rating)
    return RatingReport(callId: call, rating: rating)
  }
}

struct RatingReport: Report {
  let success = true
  let callId: String
  let rating: Int

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { "Rated the call \(callId) with \(rating)." }
}
