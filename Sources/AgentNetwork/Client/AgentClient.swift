import FoundationSubset
import RegistryAPI
import RegistryClient
import Skills

/// Tasks for agents, whose answers survive whatever breaks on the way.
///
/// A task is handed in under a key of its own, so that it is one task however often it is sent, and its answer is read
/// from the registry's log of it: whoever is cut off goes on where they were.
package struct AgentClient: Sendable {
  package typealias Deadline = ContinuousClock.Instant

  private let client: RegistryClient
  private let reconnection: Reconnection

  package init(client: RegistryClient, reconnection: Reconnection = Reconnection()) {
    self.client = client
    self.reconnection = reconnection
  }

  /// Hands a task in.
  ///
  /// - Parameters:
  ///   - agent: A UUID.
  ///   - caller: The agent that asks, when one does.
  /// - Throws: Why there is no task, such as `agent_offline`.
  package func call(_ agent: String, _ description: String, as caller: String? = nil) async throws -> AgentTask {
    let call = CallRequest(taskDescription: description, mode: .async)
    return try Self.task(try await client.submit(call, to: agent, key: Self.newKey(), as: caller), of: agent)
  }

  /// Says something to an agent.
  ///
  /// - Parameter session: The conversation to go on with; nil begins one.
  package func say(_ message: String, to agent: String, in session: String? = nil) async throws -> AgentTask {
    let chat = ChatRequest(message: message, mode: .async, sessionKey: session)
    return try Self.task(try await client.submit(chat, to: agent, key: Self.newKey()), of: agent)
  }

  /// Reports the events of a task, from the first one on and each once, until it has ended.
  ///
  /// - Parameters:
  ///   - report: Called with every event but the one that says that it has failed.
  ///   - interrupted: Called whenever the connection is lost, with the reason.
  /// - Returns: The event with which it ended.
  /// - Throws: Why the task has failed; `timeout` at the deadline; `gone` when part of the answer is no longer kept.
  @discardableResult
  package func follow(
    _ task: AgentTask, until deadline: Deadline, report: (CallEvent) throws -> Void,
    interrupted: (MeshError) -> Void = { _ in }
  ) async throws -> CallEvent {
    try report(
      CallEvent(type: .start, callId: task.callId, requestId: task.requestId, sessionKey: task.sessionKey))
    var reader = TaskReader(task: task, client: client)
    var failures = 0
    while true {
      do {
        return try await reader.read(until: deadline, report: report)
      } catch let error as ReadingInterrupted {
        failures = error.hasAdvanced ? 1 : failures + 1
        interrupted(error.reason)
      }
      try await wait(reconnection.delay(after: failures), until: deadline, for: task)
    }
  }

  /// Asks about a task now and again until it has ended.
  ///
  /// - Parameter report: Called with what each question has come to: nil for an answer, else why there was none.
  /// - Throws: Why the task has failed; `timeout` at the deadline.
  package func result(
    of task: AgentTask, until deadline: Deadline, report: (MeshError?) -> Void = { _ in }
  ) async throws -> TaskStatus {
    while true {
      do {
        let status = try await client.status(ofTask: task.requestId, of: task.agentId)
        switch status.status {
        case .completed: return status
        case .failed: throw TaskFailure(reason: MeshError(taskCode: status.errorCode, message: status.errorMessage))
        case .pending, .running: report(nil)
        }
      } catch let failure as TaskFailure {
        throw failure.reason
      } catch let error as MeshError where error.isPassing {
        report(error)
      }
      try await wait(reconnection.pollInterval, until: deadline, for: task)
    }
  }

  /// Asks the agent to leave a task.
  package func cancel(_ task: AgentTask) async throws {
    try await client.cancelTask(task.requestId, of: task.agentId)
  }

  /// Waits no longer than until the deadline, so that there is one more question at it.
  private func wait(_ pause: Duration, until deadline: Deadline, for task: AgentTask) async throws {
    let remaining = ContinuousClock.now.duration(to: deadline)
    guard remaining > .zero else { throw Self.timeout(of: task) }
    try await reconnection.pause(min(pause, remaining))
  }

  static func timeout(of task: AgentTask) -> MeshError {
    MeshError(
      .timeout, "the agent was not done in time; it goes on with the task \(task.requestId)",
      hint: "Allow more time with --timeout.")
  }

  private static func task(_ submission: TaskSubmission, of agent: String) throws(MeshError) -> AgentTask {
    guard submission.status != .failed else {
      throw MeshError(taskCode: submission.errorCode, message: submission.errorMessage)
    }
    return AgentTask(submission, of: agent)
  }

  private static func newKey() -> String { UUID().uuidString.lowercased() }
}

/// A task that has failed, and not a question about it.
private struct TaskFailure: Error {
  let reason: MeshError
}
