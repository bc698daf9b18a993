/// Follows the versions that will probably be chosen, so that the names behind them are asked for early.
///
/// It influences what is asked for and nothing else.
struct Lookahead: Sendable {
  private var followed: Set<Int> = []
  private var expected: [(skill: Int, range: VersionRange?)] = []

  /// Notes that a version of a skill will probably be needed.
  mutating func expect(_ skill: Int, _ range: VersionRange?) {
    expected.append((skill, range))
  }

  /// Expects what a version needs.
  mutating func follow(_ skill: Int, _ version: Int, in catalog: inout Catalog) {
    guard followed.insert(skill).inserted else { return }
    for dependency in catalog[skill].version(version).dependencies {
      expect(catalog.identifier(of: dependency.name), dependency.range)
    }
  }

  /// Follows everything expected whose versions are known, and what that leads to.
  mutating func run(in catalog: inout Catalog) {
    var waiting: [(skill: Int, range: VersionRange?)] = []
    while let next = expected.popLast() {
      guard !followed.contains(next.skill) else { continue }
      guard catalog.isProvided(next.skill) else {
        waiting.append(next)
        continue
      }
      let versions = catalog[next.skill]
      let guess = versions.pinned?.last ?? versions.locked ?? catalog.admits(next.range, of: next.skill).last
      if let guess { follow(next.skill, guess, in: &catalog) }
    }
    expected = waiting.reversed()
  }
}
