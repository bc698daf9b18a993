import Foundation
import Skills

/// Skills that depend on each other, of which the seed decides everything; there is always a way to choose versions.
///
/// Each skill has versions of three majors. Version 2 of every skill fits version 2 of all others; how many of the
/// newer and older versions ask for what does not fit is what `trouble` says.
package struct SkillGraph: Sendable {
  package private(set) var versions: [SkillName: [AvailableVersion]] = [:]
  package private(set) var names: [SkillName] = []
  /// The first ten skills, in any version.
  package var roots: [SkillReference] { names.prefix(10).map { SkillReference(name: $0) } }

  /// - Parameters:
  ///   - trouble: Of 100 dependencies of versions 1 and 3, as many ask for any major at random.
  package init(skills: Int, versions count: Int, trouble: Int, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for index in 0..<skills {
      names.append(try SkillName(parsing: "author-\(index % 17)/skill-\(index)"))
    }
    for index in 0..<skills {
      let targets = targets(of: index, &random)
      versions[names[index]] = try (0..<count).map { place in
        let major = 1 + place * 3 / count
        return AvailableVersion(
          number: try SemanticVersion(parsing: "\(major).\(place).0"),
          dependencies: try targets.map { target in
            let isTroubled = major != 2 && Int.random(in: 0..<100, using: &random) < trouble
            let wanted = isTroubled ? Int.random(in: 1...3, using: &random) : major
            return SkillReference(name: names[target], range: try VersionRange(parsing: "^\(wanted).0.0"))
          },
          publishedAt: Date(timeIntervalSince1970: Double(1_700_000_000 + place * 86_400)))
      }
    }
  }

  /// Three to five others: two below it in a binary tree, so that all can be reached, and some at random.
  private func targets(of index: Int, _ random: inout SplitMix64) -> [Int] {
    var targets = [2 * index + 1, 2 * index + 2].filter { $0 < names.count }
    let wanted = Int.random(in: 3...5, using: &random)
    while targets.count < min(wanted, names.count - 1) {
      let other = Int.random(in: 0..<names.count, using: &random)
      if other != index, !targets.contains(other) { targets.append(other) }
    }
    return targets
  }

  /// Runs a resolver to its end, providing what it asks for.
  ///
  /// - Returns: The end, and how often it had to ask.
  package func run(_ request: ResolutionRequest) -> (end: Resolver.Step, rounds: Int) {
    var resolver = Resolver(request)
    var rounds = 0
    while true {
      switch resolver.step() {
      case .needs(let names):
        rounds += 1
        for name in names { resolver.provide(versions[name] ?? [], of: name) }
      case .working: continue
      case let end: return (end, rounds)
      }
    }
  }
}
