/// Follows the versions that will probably be chosen, so that the names behind them are asked for early.
///
/// It influences what is asked for and nothing else.
struct Lookahead: Sendable {
  private var followed: Set<NodeID> = []
  private var expected: [(node: NodeID, range: VersionRange?)] = []

  /// Notes that a version of a skill will probably be needed.
  mutating func expect(_ node: NodeID, _ range: VersionRange?) {
    expected.append((node, range))
  }

  /// Expects what a version depends on.
  mutating func follow(_ node: NodeID, _ version: SkillState, in catalog: inout Catalog) {
    guard followed.insert(node).inserted else { return }
    for dependency in catalog[node].version(version).dependencies {
      expect(catalog.node(of: dependency.name), dependency.range)
    }
  }

  /// Follows everything expected whose versions are known, and what that leads to.
  mutating func run(in catalog: inout Catalog) {
    var waiting: [(node: NodeID, range: VersionRange?)] = []
    while let next = expected.popLast() {
      guard !followed.contains(next.node) else { continue }
      guard catalog.isProvided(next.node) else {
        waiting.append(next)
        continue
      }
      let versions = catalog[next.node]
      let guess = versions.pinned?.last ?? versions.locked ?? catalog.admits(next.range, of: next.node).last
      if let guess { follow(next.node, guess, in: &catalog) }
    }
    expected = waiting.reversed()
  }
}
