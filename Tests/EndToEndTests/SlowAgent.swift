import Foundation
import TestSupport
import Testing

/// The real program that connects an agent; its own one answers in halves, the second once the test says so.
///
/// It ends with its last reference.
final class SlowAgent: Sendable {
  private static let script = """
    read -r message
    echo '{"type":"thinking","delta":"Let me see."}'
    echo '{"type":"tool_start","id":"t1","name":"search"}'
    echo '{"type":"tool_result","id":"t1","text":"found"}'
    echo '{"type":"text","delta":"First half, "}'
    while [ ! -e "$1" ]; do sleep 0.05; done
    echo '{"type":"text","delta":"second half."}'
    """

  private let process: RunningProcess
  private let scene: Scene
  private let gate: String

  /// - Parameters:
  ///   - selection: The options that say which agent it is.
  ///   - person: Whose machine it is.
  init(_ selection: [String], in scene: Scene, as person: String) throws {
    self.scene = scene
    gate = "gate-\(UUID().uuidString)"
    try scene.write(Self.script, to: "slow.sh")
    let project = try scene.place + "/" + scene.project("project-of-\(person)")
    let program = ["/bin/sh", scene.place + "/slow.sh", scene.place + "/" + gate]
    process = try RunningProcess(
      [Program.agentMesh, "connect", "exec", "--project", project] + selection + ["--"] + program,
      environment: scene.environment(of: person), folder: project)
  }

  deinit { process.kill(SIGKILL) }

  var isRunning: Bool { process.isRunning }

  func kill() { process.kill(SIGKILL) }

  func answerTheRest() throws { try scene.write("", to: gate) }
}

extension Scene {
  /// A public agent of an author, connected and published.
  func publishedAgent(_ name: String, as author: String = "acme") async throws -> (id: String, agent: SlowAgent) {
    let created = try await agentMesh(
      ["agents", "create", "--name", name, "--type", "exec", "--visibility", "public", "--json"], as: author)
    let id = try #require(
      created.output.firstMatch(of: #/"id" *: *"([0-9a-f-]{36})"/#).map { String($0.output.1) }, "\(created.errors)")
    let agent = try SlowAgent(["--agent-id", id], in: self, as: author)
    let deadline = ContinuousClock.now + .seconds(60)
    var published = try await agentMesh(["agents", "publish", id], as: author)
    while published.status != 0, agent.isRunning, ContinuousClock.now < deadline {
      published = try await agentMesh(["agents", "publish", id], as: author)
    }
    try #require(published.status == 0, "\(published.errors)")
    return (id, agent)
  }
}
