/// How long a program takes that has next to nothing to do.
struct StartUp {
  let bench: Bench

  func run() throws -> Report {
    let project = try bench.scratch.emptyFolder("empty-project").string
    let samples = try interleaved(
      bench.effort.starts,
      [
        { try bench.time(bench.agentMesh(["--version"])) },
        { try bench.time(Command(bench.tools.curl, ["--version"])) },
        { try bench.time(bench.agentMesh(["skills", "installed", project])) },
      ])
    let curl = Row.Reference(name: "`curl --version`", sample: samples[1])
    return Report(rows: [
      Row("start-up: `agent-mesh --version`", .milliseconds, samples[0], beside: curl, aim: .atMostTimes(1.3)),
      Row("start-up: `agent-mesh skills installed`, empty project", .milliseconds, samples[2], beside: curl),
    ])
  }
}
