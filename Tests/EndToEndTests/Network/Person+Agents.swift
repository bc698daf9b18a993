import Foundation
import TestSupport

extension Person {
  /// A program that answers with what it was told.
  static let echo = ["sh", "-c", #"printf 'You said: %s' "$(cat)""#]

  /// Makes an agent whose program is any.
  ///
  /// - Returns: Its UUID.
  func makeAgent(_ name: String, _ options: [String] = []) async throws -> String {
    let made = try await agentMesh(["agents", "create", "--name", name, "--type", "exec", "--json"] + options)
    guard made.status == 0, let id = try made.json()["id"] as? String else {
      throw Registry.Failure("no agent: \(made.output)\(made.errors)")
    }
    return id
  }

  /// Connects an agent, and waits until it is online.
  ///
  /// - Parameters:
  ///   - words: What follows `connect`.
  ///   - project: The folder to do it in.
  ///   - variables: Of its environment, beside those of everything else.
  func connect(
    _ words: [String], in project: String = "project", _ variables: [String: String] = [:]
  ) async throws -> ConnectedProgram {
    let program = try ConnectedProgram(words, of: self, in: project, variables)
    try await program.untilOnline()
    return program
  }

  /// Connects a program that reads and writes text.
  ///
  /// - Parameter options: Of `connect`, beside agent and program.
  func connect(
    _ agent: String, to command: [String] = echo, _ options: [String] = [], in project: String = "project"
  ) async throws -> ConnectedProgram {
    try await connect(["exec", "--agent-id", agent, "--plain"] + options + ["--"] + command, in: project)
  }

  /// Lets others find and call an agent that is online.
  func publishAgent(_ agent: String) async throws {
    let published = try await agentMesh(["agents", "publish", agent])
    guard published.status == 0 else { throw Registry.Failure("not published: \(published.errors)") }
  }

  /// Waits until the registry has an agent online, or offline.
  func untilPresence(of agent: String, is isOnline: Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let shown = try await agentMesh(["agents", "show", agent, "--json"])
      if shown.status == 0, try shown.json()["is_online"] as? Bool == isOnline { return }
    }
    throw Registry.Failure("the agent does not get \(isOnline ? "online" : "offline")")
  }

  /// Publishes a skill that was written, and installs it in a project.
  ///
  /// - Parameter options: Of `publish`.
  func carry(_ skill: String, of author: String, _ options: [String] = []) async throws {
    let project = "project"
    try writeSkill(skill)
    try folder.folder(project)
    for words in [["publish", skill] + options, ["install", "\(author)/\(skill)", project]] {
      let outcome = try await agentMesh(["skills"] + words)
      guard outcome.status == 0 else { throw Registry.Failure("\(words): \(outcome.output)\(outcome.errors)") }
    }
  }
}

extension Outcome {
  /// The JSON objects on stdout, one a line.
  func lines() throws -> [[String: Any]] {
    try output.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }
}
