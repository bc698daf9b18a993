import Skills
import TestSupport

/// The version solver on made-up registries, without any network.
struct Resolving {
  let bench: Bench
  private let skills = 500
  private let versions = 20

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let plain = try SkillGraph(skills: skills, versions: versions, trouble: 0, seed: 1)
    let tangled = try SkillGraph(skills: skills, versions: versions, trouble: 10, seed: 1)
    let samples = try interleaved(
      bench.effort.passes, [{ try milliseconds { try solve(plain) } }, { try milliseconds { try solve(tangled) } }])
    return Report(
      rows: [
        Row("resolve \(skills) skills with \(versions) versions each", .milliseconds, samples[0], aim: .atMost(50)),
        Row("the same, with ranges that need much backtracking", .milliseconds, samples[1]),
      ],
      notes: [
        "Resolving: every version needs three to five others by range; ten are asked for; answers come from memory."
      ])
  }

  private func solve(_ graph: SkillGraph) throws {
    guard case .solved(let resolution) = graph.run(ResolutionRequest(roots: graph.roots)).end,
      resolution.versions.count == skills
    else { throw Failure("a graph that has a solution was not solved") }
  }
}
