/// How large the program is that people download.
struct Size {
  let bench: Bench

  func run() throws -> Report {
    guard let strip = bench.tools.strip else {
      return Report(notes: ["Sizes were not measured: strip has to be installed."])
    }
    let (ours, registry) = (try size(of: bench.programs.agentMesh, strip), try size(of: bench.programs.registry, strip))
    return Report(rows: [
      Row(
        "size of `agent-mesh`, stripped", .megabytes, ours,
        beside: .init(name: "`agent-mesh-registry`, stripped", sample: registry), aim: .atMost(30))
    ])
  }

  private func size(of program: String, _ strip: String) throws -> Sample {
    try bench.scratch.run(Command(strip, ["-o", bench.scratch["stripped"].string, program]))
    return Sample([Double(try bench.scratch.size(of: "stripped")) / 1_000_000])
  }
}
