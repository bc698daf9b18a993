import Foundation

/// Projects with a lock: from the cache, from the network, and looked at.
struct Locking {
  let bench: Bench
  private let locked = 100
  private let listed = 500
  private let removed = 300

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start("lock-data", bench.programs, in: bench.scratch)
    for number in 0..<locked { try registry.publish(try .small(name(number), seed: UInt64(number + 1))) }
    for number in locked..<listed {
      try registry.publish(try .tiny(name(number), version: "1.0.0", seed: UInt64(number + 1)))
    }
    let scene = LockedScene(bench: bench, url: registry.url)
    try scene.lock("locked", (0..<locked).map(name))
    try scene.makeRepository("repository", from: "locked")
    return try frozen(scene) + listing(scene) + removal(scene)
  }

  private func frozen(_ scene: LockedScene) throws -> Report {
    let names = (0..<locked).map(name)
    let times = try interleaved(
      bench.effort.large,
      [
        { try scene.install("locked", warm: true, bench.time) },
        { try scene.install("locked", warm: false, bench.time) },
        { try scene.installing.download(all: names, bench.time) }, { try scene.clone("repository", bench.time) },
      ])
    let memory = try interleaved(
      bench.effort.large,
      [{ try scene.install("locked", warm: true) { try PeakMemory.measure($0, in: bench.scratch) } }])
    let curl = Row.Reference(name: "\(locked) × `curl \\| tar -xzf -`, 8 at once", sample: times[2])
    let clone = Row.Reference(name: "`git clone --depth 1` of the same files", sample: times[3])
    return Report(rows: [
      Row("frozen install of \(locked), warm cache", .milliseconds, times[0], beside: clone, aim: .atMost(150)),
      Row("frozen install of \(locked), warm cache: peak memory", .mebibytes, memory[0], aim: .atMost(40)),
      Row("frozen install of \(locked), cold", .milliseconds, times[1], beside: curl, aim: .atMostTimes(1.5)),
      Row("frozen install of \(locked), cold", .milliseconds, times[1], beside: clone),
    ])
  }

  private func listing(_ scene: LockedScene) throws -> Report {
    try scene.lock("listed", (0..<listed).map(name))
    let times = try interleaved(bench.effort.small, [{ try scene.list("listed", bench.time) }])
    return Report(rows: [
      Row("`installed` with \(listed) skills", .milliseconds, times[0], aim: .atMost(30))
    ])
  }

  private func removal(_ scene: LockedScene) throws -> Report {
    let names = (0..<removed).map(name)
    let times = try interleaved(
      bench.effort.small,
      [
        { try scene.remove(names, from: "listed", bench.time) },
        { try scene.delete(names, from: "listed", bench.time) },
      ])
    return Report(rows: [
      Row(
        "remove \(removed) of \(listed) skills", .milliseconds, times[0],
        beside: .init(name: "`rm -r` of the same folders", sample: times[1]), aim: .atMost(300))
    ])
  }

  private func name(_ number: Int) -> String { "sample-\(number)" }
}

/// A project that is locked, and empty ones that are made after it.
struct LockedScene {
  let bench: Bench
  let url: String

  var installing: Installing.Scene { Installing.Scene(bench: bench, url: url) }

  /// Makes a project with these skills, its two files included.
  func lock(_ project: String, _ names: [String]) throws {
    let place = try bench.scratch.emptyFolder(project).string
    let references = names.map { "\(Registry.author)/\($0)" }
    try bench.scratch.run(command(["skills", "install"] + references + [place]))
  }

  func install(_ project: String, warm: Bool, _ measure: (Command) throws -> Double) throws -> Double {
    let place = try bench.scratch.emptyFolder("fresh").string
    for file in ["skills.json", "skills.lock"] {
      try FileManager.default.copyItem(atPath: bench.scratch[project].string + "/" + file, toPath: place + "/" + file)
    }
    if !warm { try bench.scratch.remove(Self.cache) }
    let value = try measure(command(["skills", "install", "--frozen", place]))
    try bench.scratch.remove("fresh")
    return value
  }

  func list(_ project: String, _ measure: (Command) throws -> Double) throws -> Double {
    try measure(command(["skills", "installed", bench.scratch[project].string]))
  }

  /// Removes skills from a copy of a project, which is made before the clock runs.
  func remove(_ names: [String], from project: String, _ measure: (Command) throws -> Double) throws -> Double {
    try inCopy(of: project) { copy in try measure(command(["skills", "remove"] + names + [copy])) }
  }

  /// What the file system alone needs for that.
  func delete(_ names: [String], from project: String, _ measure: (Command) throws -> Double) throws -> Double {
    try inCopy(of: project) { copy in
      try measure(.shell(bench.tools, "cd \"$1/.agents/skills\" && shift && rm -r \"$@\"", [copy] + names))
    }
  }

  private func inCopy(of project: String, _ body: (String) throws -> Double) throws -> Double {
    let copy = bench.scratch["copy"].string
    try bench.scratch.run(.shell(bench.tools, "cp -a \"$1\" \"$2\"", [bench.scratch[project].string, copy]))
    let value = try body(copy)
    try bench.scratch.remove("copy")
    return value
  }

  /// A git repository with the files of the skills of a project.
  func makeRepository(_ name: String, from project: String) throws {
    let place = try bench.scratch.emptyFolder(name).string
    let line =
      "cp -R \"$1/.agents/skills\" \"$2/skills\" && cd \"$2\" && git init -q . && git add -A && "
      + "git -c user.name=b -c user.email=b@localhost commit -qm b"
    try bench.scratch.run(.shell(bench.tools, line, [bench.scratch[project].string, place]))
  }

  func clone(_ repository: String, _ measure: (Command) throws -> Double) throws -> Double {
    let line = "git clone -q --depth 1 \"file://$1\" \"$2\""
    let target = bench.scratch["cloned"].string
    let value = try measure(.shell(bench.tools, line, [bench.scratch[repository].string, target]))
    try bench.scratch.remove("cloned")
    return value
  }

  private static let cache = "lock-cache"

  private func command(_ arguments: [String]) -> Command {
    var command = bench.agentMesh(arguments, registry: url)
    command.environment["AGENT_MESH_CACHE"] = bench.scratch[Self.cache].string
    return command
  }
}
