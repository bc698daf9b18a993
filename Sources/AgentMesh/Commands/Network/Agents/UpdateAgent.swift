import ArgumentParser
import RegistryAPI
import Skills

/// `agents update`.
struct UpdateAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what an agent says of itself, and what others may ask of it.",
    discussion: "What is not named stays as it is.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var fields: AgentFields

  @Option(help: "How many calls an hour it takes; 0 for any number.")
  var callsPerHour: Int?

  @Option(help: "How many calls a day it takes of each account; 0 for any number.")
  var callsPerAccount: Int?

  @Flag(inversion: .prefixedNo, help: "Take calls of other agents.")
  var a2a: Bool?

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  private var changesLimits: Bool { callsPerHour != nil || callsPerAccount != nil || a2a != nil }

  func validate() throws {
    if fields.isEmpty, !changesLimits { throw ValidationError("nothing to change: name an option, such as --name") }
    guard [callsPerHour, callsPerAccount].compactMap(\.self).allSatisfy({ (0...1_000_000).contains($0) }) else {
      throw ValidationError("limits of calls are numbers from 0 to 1000000")
    }
  }

  func run(in mesh: Mesh) async throws -> AgentReport {
    let client = try mesh.loggedInRegistry(registry)
    let id = try await mesh.agentID(agent.agent, at: client)
    var change = AgentChange(
      name: fields.name, agentType: fields.agentType, description: fields.description, visibility: fields.visibility,
      capabilities: fields.capabilityList)
    if changesLimits { change.rateLimits = limits(try await client.ownAgent(id).rateLimits ?? AgentLimits()) }
    let changed = try await client.changeAgent(id, change)
    return AgentReport(agent: changed, done: "Changed \(changed.author)/\(changed.slug).")
  }

  private func limits(_ current: AgentLimits) -> AgentLimits {
    AgentLimits(
      maxCallsPerHour: callsPerHour ?? current.maxCallsPerHour,
      maxCallsPerUserPerDay: callsPerAccount ?? current.maxCallsPerUserPerDay, allowA2A: a2a ?? current.allowA2A)
  }
}
