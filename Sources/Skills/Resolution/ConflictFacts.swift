/// The facts that together leave no choice, as they were wanted and published.
struct ConflictFacts: Sendable {
  /// That some versions of a skill need another one.
  struct Need: Sendable {
    var skill: Int
    var versions: VersionSet
    var reference: SkillReference
  }

  private(set) var roots: [SkillReference] = []
  private(set) var pins: [Int] = []
  private(set) var needs: [Need] = []

  /// Gathers what the incompatibility at `place` was derived from.
  init(behind place: Int, in incompatibilities: [Incompatibility]) {
    var seen: Set<Int> = []
    var rest = [place]
    while let next = rest.popLast() {
      guard seen.insert(next).inserted else { continue }
      switch incompatibilities[next].cause {
      case .root(let reference): roots.append(reference)
      case .pin(let skill): pins.append(skill)
      case .dependency(let skill, let versions, let reference):
        add(Need(skill: skill, versions: versions, reference: reference))
      case .derived(let left, let right): rest += [left, right]
      }
    }
  }

  private mutating func add(_ need: Need) {
    if let known = needs.firstIndex(where: { $0.skill == need.skill && $0.reference == need.reference }) {
      needs[known].versions = needs[known].versions.union(need.versions)
    } else {
      needs.append(need)
    }
  }

  /// The skills that the facts are about, each after those that need it, as far as there is no cycle.
  func topics(wanted: [SkillReference], in catalog: inout Catalog) -> [Int] {
    let names = wanted.map(\.name).filter { name in roots.contains { $0.name == name } }
    var order: [Int] = []
    var seen: Set<Int> = []
    // A skill is finished when all that it needs is; read backwards that is the order.
    var waiting = names.map { (skill: catalog.identifier(of: $0), isFinished: false) }
    while let next = waiting.popLast() {
      if next.isFinished {
        order.append(next.skill)
      } else if seen.insert(next.skill).inserted {
        waiting.append((next.skill, true))
        waiting += sorted(of: next.skill).map { (catalog.identifier(of: $0.reference.name), false) }
      }
    }
    return order.reversed()
  }

  /// What versions of a skill need, those of the oldest versions first.
  func sorted(of skill: Int) -> [Need] {
    needs.filter { $0.skill == skill }.sorted { left, right in
      let (first, second) = (left.versions.bits.first ?? 0, right.versions.bits.first ?? 0)
      return first == second ? left.reference.description < right.reference.description : first < second
    }
  }
}
