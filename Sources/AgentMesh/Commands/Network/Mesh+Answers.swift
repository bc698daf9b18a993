import AgentNetwork
import ArgumentParser
import RegistryAPI
import Skills

extension Mesh {
  /// Shows the answer to a task as it comes; a lost connection is said and resumed.
  func show(
    _ task: AgentTask, of client: AgentClient, until deadline: AgentClient.Deadline, on display: AnswerDisplay
  ) async throws {
    defer { display.endLine() }
    try await client.follow(
      task, until: deadline, report: { try display.show($0) },
      interrupted: { reason in
        if !printsJSON { display.note("the connection was lost; going on with the answer (\(reason))") }
      })
  }

  /// Does work whose events go to stdout as lines of JSON where JSON is printed; what it fails with is the last of them.
  func sayingFailureAsEvent<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error where printsJSON {
      let failure = MeshError(error, else: .unknown)
      try print(line: CallEvent(type: .error, code: failure.wireCode, message: failure.message))
      tell(failure)
      throw ExitCode(interruption.exitStatus ?? failure.code.exitStatus.rawValue)
    }
  }
}
