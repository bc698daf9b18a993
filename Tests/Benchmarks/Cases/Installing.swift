/// Whole installations from a registry on this machine, beside curl and tar.
struct Installing {
  let bench: Bench
  private let many = 50

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start("install-data", bench.programs, in: bench.scratch)
    for number in 0..<many {
      try registry.publish(try .small(name(number), seed: UInt64(number + 1)))
    }
    let scene = Scene(bench: bench, url: registry.url)
    return try one(scene) + several(scene)
  }

  private func one(_ scene: Scene) throws -> Report {
    let skill = name(0)
    let times = try interleaved(
      bench.effort.small, [{ try scene.install([skill], bench.time) }, { try scene.download(skill, bench.time) }])
    let memory = try interleaved(
      bench.effort.small, [{ try scene.install([skill]) { try PeakMemory.measure($0, in: bench.scratch) } }])
    return Report(rows: [
      Row(
        "install one 20 KB skill", .milliseconds, times[0],
        beside: .init(name: "`curl \\| tar -xzf -`", sample: times[1]), aim: .atMostTimes(1.6)),
      Row("install one 20 KB skill: peak memory", .mebibytes, memory[0], aim: .atMost(25)),
    ])
  }

  private func several(_ scene: Scene) throws -> Report {
    let names = (0..<many).map(name)
    let times = try interleaved(
      bench.effort.large, [{ try scene.install(names, bench.time) }, { try scene.download(all: names, bench.time) }])
    return Report(rows: [
      Row(
        "install \(many) skills in one command", .milliseconds, times[0],
        beside: .init(name: "\(many) × `curl \\| tar -xzf -`, 8 at once", sample: times[1]), aim: .atMostTimes(2))
    ])
  }

  private func name(_ number: Int) -> String { "sample-\(number)" }
}

extension Installing {
  /// An empty project for every run, made before and removed after the clock runs.
  struct Scene {
    let bench: Bench
    let url: String

    func install(_ names: [String], _ measure: (Command) throws -> Double) throws -> Double {
      try inProject { project in
        let references = names.map { "\(Registry.author)/\($0)" }
        // Every run fetches: what an earlier one left in the cache would spare it that.
        var command = bench.agentMesh(["skills", "install"] + references + [project], registry: url)
        command.environment["AGENT_MESH_CACHE"] = try bench.scratch.emptyFolder("install-cache").string
        defer { try? bench.scratch.remove("install-cache") }
        return try measure(command)
      }
    }

    func download(_ name: String, _ measure: (Command) throws -> Double) throws -> Double {
      try inProject { project in
        let line = "curl -fsS --max-time 20 -H 'Accept: application/gzip' \"$1\" | tar -xzf - -C \"$2\""
        return try measure(.shell(bench.tools, line, [url + Registry.archivePath(of: name), project]))
      }
    }

    /// The folders are there already: only fetching and unpacking is timed.
    func download(all names: [String], _ measure: (Command) throws -> Double) throws -> Double {
      try inProject { project in
        for name in names { _ = try bench.scratch.emptyFolder("project/\(name)") }
        try bench.scratch.write("names", Array((names.joined(separator: "\n") + "\n").utf8))
        let one =
          "curl -fsS --max-time 20 -H 'Accept: application/gzip' \"$1/$3/versions/1.0.0/download\" | tar -xzf - -C \"$2/$3\""
        let all = "xargs -P 8 -I{} sh -c \"$4\" sh \"$1\" \"$2\" {} < \"$3\""
        let skills = "\(url)/api/skills/\(Registry.author)"
        return try measure(.shell(bench.tools, all, [skills, project, bench.scratch["names"].string, one]))
      }
    }

    private func inProject(_ body: (String) throws -> Double) throws -> Double {
      let value = try body(try bench.scratch.emptyFolder("project").string)
      try bench.scratch.remove("project")
      return value
    }
  }
}
