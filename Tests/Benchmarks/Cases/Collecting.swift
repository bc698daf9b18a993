import Foundation

/// A repository of many skills: added as a whole, updated, installed elsewhere by its lock, and audited.
struct Collecting {
  let bench: Bench
  private let count: Int
  /// Bytes of text in each.
  private let text = 180_000

  init(bench: Bench) {
    self.bench = bench
    count = bench.effort.collection
  }

  func run() throws -> Report {
    var bytes = 0
    for number in 0..<count {
      let skill = try SampleSkill("sample-\(number)", text: text, noise: 0, pieces: 8, seed: UInt64(number + 1))
      try skill.write(to: "collection/skills/\(skill.name)", in: bench.scratch)
      bytes += skill.size
    }
    // Packed once, as on any server: else every clone and fetch would be timed with the search for deltas.
    let line = "cd \"$1\" && git init -q . && \(Self.commit) && git repack -adq"
    try bench.scratch.run(.shell(bench.tools, line, [repository]))
    return try changes() + audit(of: bytes)
  }

  private func changes() throws -> Report {
    let times = try interleaved(bench.effort.rounds, [reference, add, update, updateAll, frozenInstall])
    let aim = Aim.atMost(times[0].median + 1_000)
    let beside = Row.Reference(name: "`git clone --depth 1`, then 2 × `cp -r` and `sha256sum`", sample: times[0])
    return Report(rows: [
      Row("add \(count) skills of one repository", .milliseconds, times[1], beside: beside, aim: aim),
      Row("update \(count) skills of one repository, nothing new", .milliseconds, times[2], beside: beside, aim: aim),
      Row("update \(count) skills of one repository, all new", .milliseconds, times[3], beside: beside, aim: aim),
      Row("frozen install of \(count) skills of one repository", .milliseconds, times[4], beside: beside, aim: aim),
    ])
  }

  /// Megabytes of text a second, the start of the program included.
  private func audit(of bytes: Int) throws -> Report {
    let hashing = "find \"$1/.agents/skills\" -type f -print0 | xargs -0 sha256sum > /dev/null"
    let rates = try interleaved(
      bench.effort.rounds,
      [
        { try Double(bytes) / 1_000 / bench.time(command(["audit", project], cache: true)) },
        { try Double(bytes) / 1_000 / bench.time(.shell(bench.tools, hashing, [project])) },
      ])
    return Report(
      rows: [
        Row(
          "`skills audit` of \(count) skills, text read", .megabytesPerSecond, rates[0],
          beside: .init(name: "`sha256sum` of the same files", sample: rates[1]), aim: .atLeast(100))
      ],
      notes: [
        "Collection: \(count) skills with \(bytes / 1_000_000) MB of text; the aim is the time beside it and a second."
      ])
  }

  private static let commit = "git add -A && git -c user.name=b -c user.email=b@localhost commit -qm b"

  private var repository: String { bench.scratch["collection"].string }
  private var project: String { bench.scratch["collector"].string }

  private func reference() throws -> Double {
    let line = """
      git clone -q --depth 1 "file://$1" "$2/clone"
      for copy in one two; do
        cp -r "$2/clone/skills" "$2/$copy"
        find "$2/$copy" -type f -print0 | xargs -0 sha256sum > /dev/null
      done
      """
    let folder = try bench.scratch.emptyFolder("cloned-collection").string
    defer { try? bench.scratch.remove("cloned-collection") }
    return try bench.time(.shell(bench.tools, line, [repository, folder]))
  }

  private func add() throws -> Double {
    _ = try bench.scratch.emptyFolder("collector")
    return try bench.time(try command(["add", "file://\(repository)", project, "--skill", "*", "--yes"], cache: true))
  }

  private func update() throws -> Double {
    try bench.time(try command(["update", project], cache: true))
  }

  /// Every skill has changed in the repository; every one has to arrive.
  private func updateAll() throws -> Double {
    let mark = "Changed in \(UUID().uuidString)."
    let change = "cd \"$1\" && for file in skills/*/SKILL.md; do echo \"$2\" >> \"$file\"; done && \(Self.commit)"
    try bench.scratch.run(.shell(bench.tools, change, [repository, mark]))
    let time = try update()
    let check = "test $(grep -l -F \"$2\" \"$1\"/.agents/skills/*/SKILL.md | wc -l) -eq \(count)"
    try bench.scratch.run(.shell(bench.tools, check, [project, mark]))
    return time
  }

  private func frozenInstall() throws -> Double {
    let folder = try bench.scratch.emptyFolder("collector-clone").string
    defer { try? bench.scratch.remove("collector-clone") }
    for file in ["skills.json", "skills.lock"] {
      try FileManager.default.copyItem(atPath: "\(project)/\(file)", toPath: "\(folder)/\(file)")
    }
    return try bench.time(try command(["ci", folder], cache: false))
  }

  /// - Parameter cache: Whether what other commands have fetched is there.
  private func command(_ words: [String], cache: Bool) throws -> Command {
    var command = bench.agentMesh(["skills"] + words)
    let name = cache ? "collector-cache" : "collector-empty-cache"
    if !cache || words[0] == "add" { _ = try bench.scratch.emptyFolder(name) }
    command.environment["AGENT_MESH_CACHE"] = bench.scratch[name].string
    return command
  }
}
