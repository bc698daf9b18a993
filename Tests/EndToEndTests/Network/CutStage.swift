import Foundation
import TestSupport

/// Agents that count, behind one proxy, and callers, behind another, of a server that can be killed.
struct CutStage: Sendable {
  /// Of each answer.
  static let lines = 40

  let agents: [String]
  /// The proxy between agents and server.
  let agentSide: CuttingProxy
  /// The proxy between callers and server.
  let callerSide: CuttingProxy
  let callers: StreamCaller
  /// Somebody whose commands reach the server as callers do.
  let person: Person
  /// Whose agents they are; commands reach the server as agents do.
  let owner: Person
  private let programs: [ConnectedProgram]
  private var server: FreshRegistry

  /// - Parameters:
  ///   - count: Agents; each has at most 50 requests at once, with those whose end is not acknowledged yet.
  ///   - streams: Answers that come at once.
  static func open(agents count: Int, streams: Int) async throws -> CutStage {
    let registry = try await AgentRegistry.start()
    let port = try port(of: registry.server)
    let (agentSide, callerSide) = (try CuttingProxy(to: port), try CuttingProxy(to: port))
    let owner = try registry.person("ada", at: agentSide.url)
    try owner.folder.write(
      "home/.agent-mesh/config.json", #"{"runtime":{"max_active_requests":50}}"#, mode: 0o600)
    var (agents, programs): ([String], [ConnectedProgram]) = ([], [])
    for number in 0..<count {
      let (id, project) = (try await owner.makeAgent("Counter \(number)"), "project-\(number)")
      try owner.folder.folder("\(project)/starts")
      try owner.folder.write("\(project)/count.sh", script)
      agents.append(id)
      programs.append(try await owner.connect(id, to: ["sh", "count.sh"], in: project))
    }
    return CutStage(
      agents: agents, agentSide: agentSide, callerSide: callerSide,
      callers: StreamCaller(to: callerSide.url, token: try registry.token(of: "ada"), count: streams),
      person: try registry.person("ada", at: callerSide.url), owner: owner, programs: programs,
      server: registry.server)
  }

  /// Writes down that it has begun, and then a line now and again; in the middle it waits while its round is held.
  private static let script = """
    prompt=$(cat)
    echo started >>"starts/$prompt"
    number=0
    while [ $number -lt \(lines) ]; do
      number=$((number + 1))
      printf 'line %d of %s, an eighth of 8 ½ is 1.06\\n' "$number" "$prompt"
      sleep 0.1
      [ $number -ne \(lines / 2) ] || while [ -e "../held-${prompt%-*}" ]; do sleep 0.1; done
    done
    """

  static func text(of prompt: String) -> String {
    (1...lines).map { "line \($0) of \(prompt), an eighth of 8 ½ is 1.06\n" }.joined()
  }

  private static func port(of server: FreshRegistry) throws -> Int {
    guard let port = server.url.split(separator: ":").last.flatMap({ Int($0) }) else {
      throw Registry.Failure("no port in \(server.url)")
    }
    return port
  }

  /// Has the answers to prompts that begin with `round` and a hyphen stop in the middle, or go on.
  func hold(_ round: String, _ isHeld: Bool) throws {
    if isHeld {
      try owner.folder.write("held-\(round)", "")
    } else {
      try FileManager.default.removeItem(atPath: owner.folder["held-\(round)"].string)
    }
  }

  /// Whether the program of a prompt has begun.
  func hasBegun(_ prompt: String) -> Bool {
    agents.indices.contains { number in
      FileManager.default.fileExists(atPath: owner.folder["project-\(number)/starts/\(prompt)"].string)
    }
  }

  /// How often the program of each prompt has begun.
  func starts() throws -> [String: Int] {
    var starts: [String: Int] = [:]
    for number in agents.indices {
      let folder = owner.folder["project-\(number)/starts"].string
      for prompt in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let text = try String(contentsOfFile: "\(folder)/\(prompt)", encoding: .utf8)
        starts[prompt, default: 0] += text.split(separator: "\n").count
      }
    }
    return starts
  }

  /// Kills the server, and starts one on what it has left; whoever asked it finds the new one at the same address.
  mutating func killServer() async throws {
    server = try await server.restarted(after: SIGKILL)
    let port = try Self.port(of: server)
    for proxy in [agentSide, callerSide] { proxy.target.store(port, ordering: .relaxed) }
  }

  /// Ends the agents.
  func close() async {
    for program in programs { await program.stop() }
  }
}
