import AgentNetwork
import BridgeProtocol
import HTTPTransport
import RegistryAPI
import RegistryServer
import SystemPackage
import TestSupport
import Testing

/// Agents of one process, each of which has a link of its own.
@Suite struct LinkedAgentTests {
  private struct Parrot: AgentRunner {
    let name: String

    func run(_ message: RequestMessage, emit: @escaping @Sendable (RunEvent) async -> Void) async {
      await emit(.text("\(name) heard \(message.content)"))
      await emit(.done(attachments: []))
    }
  }

  private let transport = HTTPTransport(TransportConfiguration(userAgent: "test", environment: [:]))

  private func link(
    _ agent: TestAgent, named name: String, in scratch: TemporaryFolder, on server: TestServer
  ) throws -> AgentLink {
    try AgentLink(
      transport: transport, bridge: BridgeAddress(ofRegistry: server.url),
      identity: LinkState.Identity(agentId: agent.id, token: agent.token, agentType: "exec", instanceId: name),
      journal: LinkJournal(folder: scratch.path.appending(name)), runner: Parrot(name: name))
  }

  private func isOnline(_ agent: TestAgent, on server: TestServer) async throws -> Bool {
    let answer = try await server.send(.get, Route.agentStatus.path([agent.id]), token: agent.token)
    return try WireCoding.decode(AgentPresence.self, from: answer.body).online
  }

  /// Waits until it is, for a minute at the most.
  private func becomes(_ isExpected: Bool, _ agent: TestAgent, on server: TestServer) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if try await isOnline(agent, on: server) == isExpected { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  private func answer(of agent: TestAgent, to text: String, on server: TestServer) async throws -> String? {
    let accepted = try await AgentTask.call(server, agent, text)
    let id = try WireCoding.decode(TaskSubmission.self, from: accepted.body).requestId
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let answer = try await server.send(.get, Route.taskStatus.path([agent.id, id]), token: agent.token)
      let status = try WireCoding.decode(TaskStatus.self, from: answer.body)
      if status.status == .completed || status.status == .failed || .now > deadline { return status.result }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test func `two agents of one process answer beside one another, and one outlives the other`() async throws {
    var limits = RegistryLimits()
    limits.rates = [:]
    let server = try await TestServer.start(limits: limits)
    let scratch = try TemporaryFolder()
    let ann = try await AgentTask.agent(of: "ann", on: server)
    let bob = try await AgentTask.agent(of: "bob", on: server)
    let first = try link(ann, named: "first", in: scratch, on: server)
    let second = try link(bob, named: "second", in: scratch, on: server)
    async let firstEnding = first.run()
    async let secondEnding = second.run()
    for agent in [ann, bob] { #expect(try await becomes(true, agent, on: server)) }

    try await withThrowingTaskGroup(of: Void.self) { group in
      for (agent, name) in [(ann, "first"), (bob, "second")] {
        for number in 0..<10 {
          group.addTask {
            let answer = try await answer(of: agent, to: "\(number)", on: server)
            #expect(answer == "\(name) heard \(number)")
          }
        }
      }
      try await group.waitForAll()
    }

    first.stop()
    let firstEnd = await firstEnding
    #expect(firstEnd == .stopped)
    #expect(try await becomes(false, ann, on: server))
    #expect(try await answer(of: bob, to: "more", on: server) == "second heard more")
    second.stop()
    let secondEnd = await secondEnding
    #expect(secondEnd == .stopped)
  }
}
