import Testing

/// The two real machines on a network that breaks: any order, cuts, half-open connections, repeats and restarts.
@Suite struct ModelTests {
  @Test(arguments: 0..<8)
  func `an answer is whole whatever the network and the server do`(part: UInt64) {
    for seed in Self.seeds(of: part) { expectNothingWrong(seed, .losingNothing) }
  }

  @Test(arguments: 0..<8)
  func `every request ends once, starts once and says what was said`(part: UInt64) {
    for seed in Self.seeds(of: part) { expectNothingWrong(seed, .all) }
  }

  private static func seeds(of part: UInt64) -> Range<UInt64> { part * 25..<(part + 1) * 25 }

  private func expectNothingWrong(_ seed: UInt64, _ trouble: ModelWorld.Trouble) {
    var world = ModelWorld(seed: seed, trouble: trouble)
    let findings = world.run(steps: 250)
    #expect(findings.isEmpty, "seed \(seed)")
  }
}
