/// The facts that together leave no choice, as they were wanted and published.
struct ConflictFacts: Sendable {
  /// That some versions of a skill need another one.
  struct Need: Sendable {
    var node: NodeID
    var versions: VersionSet
    var reference: SkillReference
  }

  private(set) var roots: [SkillReference] = []
  private(set) var pins: [NodeID] = []
  /// By the skill that needs, those of its oldest versions first.
  private var needs: [NodeID: [Need]] = [:]

  /// Gathers what an incompatibility was derived from.
  init(behind id: IncompatibilityID, in incompatibilities: [Incompatibility]) {
    var seen: Set<IncompatibilityID> = []
    var found: [NodeID: [SkillReference: VersionSet]] = [:]
    var rest = [id]
    while let next = rest.popLast() {
      guard seen.insert(next).inserted else { continue }
      switch incompatibilities[next.index].cause {
      case .root(let reference): roots.append(reference)
      case .pin(let node): pins.append(node)
      case .dependency(let node, let versions, let reference):
        let known = found[node, default: [:]][reference]
        found[node, default: [:]][reference] = known?.union(versions) ?? versions
      case .derived(let left, let right): rest += [left, right]
      }
    }
    for (node, references) in found {
      needs[node] = Self.sorted(references.map { Need(node: node, versions: $1, reference: $0) })
    }
  }

  /// What versions of a skill need, those of the oldest versions first.
  func needs(of node: NodeID) -> [Need] { needs[node] ?? [] }

  /// What anybody needs of a skill.
  func needs(on name: SkillName) -> [Need] { needs.values.flatMap { $0.filter { $0.reference.name == name } } }

  private static func sorted(_ needs: [Need]) -> [Need] {
    needs.sorted { left, right in
      let (first, second) = (left.versions.states.first ?? .absent, right.versions.states.first ?? .absent)
      return first == second ? left.reference.description < right.reference.description : first < second
    }
  }

  /// The skills that the facts are about, each after those that need it, as far as there is no cycle.
  func topics(wanted: [SkillReference], in catalog: inout Catalog) -> [NodeID] {
    let names = wanted.map(\.name).filter { name in roots.contains { $0.name == name } }
    var order: [NodeID] = []
    var seen: Set<NodeID> = []
    // A skill is finished when all that it needs is; read backwards that is the order.
    var waiting = names.map { (node: catalog.node(of: $0), isFinished: false) }
    while let next = waiting.popLast() {
      if next.isFinished {
        order.append(next.node)
      } else if seen.insert(next.node).inserted {
        waiting.append((next.node, true))
        waiting += needs(of: next.node).map { (catalog.node(of: $0.reference.name), false) }
      }
    }
    return order.reversed()
  }
}
