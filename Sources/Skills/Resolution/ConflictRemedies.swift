import FoundationSubset

/// Finds what would resolve a conflict, by trying it.
///
/// A trial may have to know of skills that were not provided yet; `missing` then names them, and the suggestions are
/// not complete.
struct ConflictRemedies {
  /// So much is tried at most, each within `limits`.
  private static let maximumTrials = 12
  private static let limits = ResolutionLimits(
    decisions: 2_000, incompatibilities: 5_000, work: 400_000, pace: 1_000_000)

  private let resolver: Resolver
  private let facts: ConflictFacts
  private let topics: [NodeID]
  private(set) var missing: Set<SkillName> = []
  private var trials = 0

  init(_ resolver: Resolver, _ facts: ConflictFacts, _ topics: [NodeID]) {
    self.resolver = resolver
    self.facts = facts
    self.topics = topics
  }

  private var request: ResolutionRequest { resolver.request }

  mutating func suggestions() -> [String] {
    let found = otherRanges() + withoutPins() + withoutWaiting() + yankedByName()
    let misspelled = topics.filter { node in
      resolver.catalog[node].versions.isEmpty && resolver.catalog[node].absence == nil
    }.map { node in
      let name = resolver.catalog.name(node)
      return "check the name \(name), or look for it: agent-mesh skills search \(name.slug)"
    }
    if !(found + misspelled).isEmpty { return found + misspelled }
    let omissions = omissions()
    if !omissions.isEmpty { return omissions }
    let wanted = unique(facts.roots.map(\.name.description))
    guard wanted.count == 1 else { return ["ask for other versions of \(ConflictWords.list(wanted))"] }
    return ["tell the author of \(wanted[0]) that no version of it can be installed"]
  }

  private mutating func otherRanges() -> [String] {
    unique(
      roots.filter { $0.range != nil }.compactMap { root in
        let relaxed = trial { request in
          for index in request.roots.indices where request.roots[index].name == root.name {
            request.roots[index] = SkillReference(name: root.name)
          }
        }
        guard let number = relaxed?.versions[root.name] else { return nil }
        return "ask for \(root.name)@^\(number.withoutBuild) instead"
      })
  }

  private mutating func withoutPins() -> [String] {
    facts.pins.map { resolver.catalog.name($0) }.sorted().compactMap { name in
      guard trial({ $0.pins[name] = nil }) != nil else { return nil }
      return "unpin \(name): agent-mesh skills unpin \(name)"
    }
  }

  private mutating func withoutWaiting() -> [String] {
    guard request.publishedBefore != nil, let found = trial({ $0.publishedBefore = nil }) else { return [] }
    let published = found.versions.compactMap { name, number -> Date? in
      let version = resolver.catalog.versions(of: name).first { $0.number == number }
      guard let version, SkillVersions.isPassedOver(version, by: request) else { return nil }
      return version.publishedAt
    }
    guard let age = request.minimumAge, let last = published.max() else {
      return ["pass --min-age 0 to take versions that are so new"]
    }
    return ["wait until \(ConflictWords.moment(last + Double(age.seconds))), or pass --min-age 0"]
  }

  /// Naming a yanked version exactly, for each skill that the conflict is about.
  private mutating func yankedByName() -> [String] {
    topics.compactMap { node in
      let versions = resolver.catalog[node]
      let ranges =
        roots.filter { $0.name == versions.name }.map(\.range)
        + facts.needs(on: versions.name).map(\.reference.range)
      let matching = ranges.dropFirst().reduce(ranges.first.map { versions.matching($0) } ?? versions.none) {
        $0.intersection(versions.matching($1))
      }
      guard let last = matching.last, case let version = versions.version(last), version.isYanked else { return nil }
      let named = SkillReference(name: versions.name, range: VersionRange(exactly: version.number))
      let found = trial { request in
        request.roots.append(named)
        request.borrowed.remove(named)
      }
      guard found != nil else { return nil }
      return "ask for \(named) by name, although it was yanked"
    }
  }

  private mutating func omissions() -> [String] {
    let names = unique(roots.map(\.name.description))
    guard names.count > 1 else { return [] }
    return names.filter { name in trial { $0.roots.removeAll { $0.name.description == name } } != nil }
      .map { "leave out \($0)" }
  }

  /// The wants that take part in the conflict, as many as are tried.
  private var roots: [SkillReference] {
    Array(request.roots.filter { root in facts.roots.contains(root) }.prefix(Self.maximumTrials))
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private mutating func trial(_ change: (inout ResolutionRequest) -> Void) -> Resolution? {
    guard trials < 2 * Self.maximumTrials else { return nil }
    trials += 1
    var request = request
    change(&request)
    var resolver = Resolver(request, limits: Self.limits, explains: false)
    for name in self.resolver.catalog.provided {
      resolver.provide(self.resolver.catalog.versions(of: name), of: name)
    }
    switch resolver.step() {
    case .solved(let resolution): return resolution
    case .conflict, .working: return nil
    case .needs(let names):
      missing.formUnion(names)
      return nil
    }
  }
}
