import Foundation
import Testing

/// One command of `agent-mesh`, killed at every call that changes the disk, each time in another project.
struct KillSweep {
  let scene: Scene
  /// What follows the program's name, for a project.
  let words: @Sendable (_ project: String) -> [String]
  /// Makes a project in the state before the command.
  let prepare: @Sendable (_ project: String) async throws -> Void

  /// Calls after which the disk may look different.
  ///
  /// Opening counts only where it creates.
  private static let changes = [
    "mkdir", "mkdirat", "write", "pwrite64", "writev", "rename", "renameat", "renameat2", "symlinkat", "linkat",
    "unlink", "unlinkat", "fchmod", "fchmodat", "fsync", "fdatasync", "ftruncate", "utimensat", "copy_file_range",
  ]

  /// Kills at the first, second, … of every call that the whole command makes, and has the project judged each time.
  ///
  /// - Returns: How often each call was where the command died.
  func run(
    judging judge: (_ project: String, _ died: Bool, _ place: String) async throws -> Void
  ) async throws -> [String: Int] {
    let made = try await record()
    var kills: [String: Int] = [:]
    for call in Self.changes where made.counts[call] != nil {
      var (number, died) = (0, true)
      while died {
        number += 1
        died = try await inProject("p-\(call)-\(number)", judge) { project in
          try await Tracer.run(
            command(project), dyingAt: number, of: call, environment: scene.environment(of: "acme"),
            folder: scene.place)
        }
        if died { kills[call, default: 0] += 1 }
      }
    }
    for number in made.creations {
      let died = try await inProject("p-openat-\(number)", judge) { try await creating($0, dyingAt: number) }
      if died { kills["openat", default: 0] += 1 }
    }
    return kills
  }

  private func command(_ project: String) -> [String] { [Program.agentMesh] + words("./" + project) }

  private func inProject(
    _ project: String, _ judge: (String, Bool, String) async throws -> Void, _ kill: (String) async throws -> Bool
  ) async throws -> Bool {
    try await prepare(project)
    let died = try await kill(project)
    try await judge(project, died, project)
    try FileManager.default.removeItem(atPath: scene.place + "/" + project)
    return died
  }

  /// What the command does when nobody kills it.
  private func record() async throws -> (counts: [String: Int], creations: [Int]) {
    let log = scene.place + "/calls"
    try await prepare("p-recorded")
    let all =
      try Tracer.tracing(["-e", "trace=" + Self.changes.joined(separator: ",")], log: log) + command("p-recorded")
    let outcome = try await Program.run(
      all[0], Array(all.dropFirst()), environment: scene.environment(of: "acme"), folder: scene.place)
    try #require(outcome.status == 0, "\(outcome.errors)")
    var counts: [String: Int] = [:]
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
      guard let call = line.drop(while: { !$0.isLetter }).split(separator: "(").first else { continue }
      counts[String(call), default: 0] += 1
    }
    try await prepare("p-created")
    let openings = scene.place + "/openings"
    _ = try await traced("p-created", ["-e", "trace=openat"], log: openings)
    return (counts, try creations(in: openings))
  }

  /// The numbers of the openings that create, each counted by its thread.
  private func creations(in log: String) throws -> [Int] {
    var seen: [Substring: Int] = [:]
    var numbers: [Int] = []
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    where line.contains(" openat(") {
      let thread = line.prefix { $0 != " " }
      seen[thread, default: 0] += 1
      if line.contains("O_CREAT") { numbers.append(seen[thread, default: 0]) }
    }
    return numbers
  }

  private func creating(_ project: String, dyingAt number: Int) async throws -> Bool {
    try await traced(project, ["-e", "trace=openat", "-e", Tracer.kill("openat", number)])
  }

  /// Runs the command and counts its calls from when it asks the registry: it has loaded its libraries by then, and
  /// changed nothing.
  ///
  /// - Returns: Whether it was killed.
  private func traced(_ project: String, _ arguments: [String], log: String = "/dev/null") async throws -> Bool {
    scene.registry.signal(SIGSTOP)
    defer { scene.registry.signal(SIGCONT) }
    let process = try RunningProcess(
      Tracer.onOneProcessor() + command(project), environment: scene.environment(of: "acme"), folder: scene.place)
    try await process.untilConnected()
    let tracer = try await Tracer.attach(to: process.id, arguments, log: log)
    scene.registry.signal(SIGCONT)
    await process.end()
    await tracer.end()
    return process.wasKilled
  }
}
