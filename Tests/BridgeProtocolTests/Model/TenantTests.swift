import Testing

/// Tenants whose requests and conversations have the same names, over the relays of agents that say what they please.
@Suite struct TenantTests {
  @Test(arguments: 0..<10)
  func `in 10,000 schedules no tenant and no agent is told a word that is for another`(part: UInt64) {
    var words = [0, 0]
    for seed in part * 1_000..<(part + 1) * 1_000 {
      var world = TenantWorld(seed: seed)
      world.run(steps: 40)
      #expect(world.leaks.isEmpty, "seed \(seed)")
      for tenant in words.indices { words[tenant] += world.words[tenant] }
    }
    // They were answered: nothing would be shown by silence.
    #expect(words.allSatisfy { $0 > 200 }, "\(words)")
  }
}
