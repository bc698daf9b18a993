import AgentNetwork
import ArgumentParser

/// How long an answer is waited for.
struct TimeoutOption: ParsableArguments {
  private static let longest = 86_400

  @Option(help: "Seconds to wait for the answer.")
  var timeout = 300

  var deadline: AgentClient.Deadline { .now + .seconds(timeout) }

  func validate() throws {
    guard (1...Self.longest).contains(timeout) else {
      throw ValidationError("--timeout is a number of seconds from 1 to \(Self.longest)")
    }
  }
}
