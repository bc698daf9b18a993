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
  /// By the skill that needs, those of its oldest versions first.
  private var needs: [Int: [Need]] = [:]

  /// Gathers what the incompatibility at `place` was derived from.
  init(behind place: Int, in incompatibilities: [Incompatibility]) {
    var seen: Set<Int> = []
    var found: [Int: [SkillReference: VersionSet]] = [:]
    var rest = [place]
    while let next = rest.popLast() {
      guard seen.insert(next).inserted else { continue }
      switch incompatibilities[next].cause {
      case .root(let reference): roots.append(reference)
      case .pin(let skill): pins.append(skill)
      case .dependency(let skill, let versions, let reference):
        let known = found[skill, default: [:]][reference]
        found[skill, default: [:]][reference] = known?.union(versions) ?? versions
      case .derived(let left, let right): rest += [left, right]
      }
    }
    for (skill, references) in found {
      needs[skill] = Self.sorted(references.map { Need(skill: skill, versions: $1, reference: $0) })
    }
  }

  /// What versions of a skill need, those of the oldest versions first.
  func needs(of skill: Int) -> [Need] { needs[skill] ?? [] }

  /// What anybody needs of a skill.
  func needs(on name: SkillName) -> [Need] { needs.values.flatMap { $0.filter { $0.reference.name == name } } }

  private static func sorted(_ needs: [Need]) -> [Need] {
    needs.sorted { left, right in
      let (first, second) = (left.versions.bits.first ?? 0, right.versions.bits.first ?? 0)
      return first == second ? left.reference.description < right.reference.description : first < second
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
        waiting += needs(of: next.skill).map { (catalog.identifier(of: $0.reference.name), false) }
      }
    }
    return order.reversed()
  }
}
