/// Puts a conflict into words: a sentence for each skill about which the facts disagree, and what would resolve it.
struct ConflictReport {
  /// More sentences than this are counted rather than written.
  private static let maximumSentences = 10

  let resolver: Resolver
  let facts: ConflictFacts
  private var catalog: Catalog
  private let topics: [NodeID]
  /// The skills that were said to be wanted by the project.
  private var introduced: Set<NodeID> = []
  private var asked: [NodeID: VersionSet] = [:]

  init(_ resolver: Resolver, of id: IncompatibilityID) {
    self.resolver = resolver
    facts = ConflictFacts(behind: id, in: resolver.incompatibilities)
    catalog = resolver.catalog
    topics = facts.topics(wanted: resolver.request.roots, in: &catalog)
  }

  /// The finished words; nil when skills have to be provided first to know what to suggest.
  ///
  /// - Parameter missing: Gets the names of these skills.
  func conflict(missing: inout Set<SkillName>) -> ResolutionConflict? {
    var remedies = ConflictRemedies(resolver, facts, topics)
    let suggestions = remedies.suggestions()
    missing = remedies.missing
    guard missing.isEmpty else { return nil }
    var report = self
    let sentences = topics.flatMap { report.sentences(about: $0) }
    return ResolutionConflict(explanation: Self.cut(sentences), suggestions: suggestions)
  }

  private static func cut(_ sentences: [String]) -> [String] {
    guard sentences.count > maximumSentences else { return sentences }
    let kept = sentences.prefix(maximumSentences - 1)
    return kept + ["There are \(sentences.count - kept.count) more reasons of this kind."]
  }

  private mutating func sentences(about node: NodeID) -> [String] {
    let demands = demands(on: node)
    let unmet = demands.filter(\.allowed.isEmpty)
    if !unmet.isEmpty {
      return unmet.map {
        ConflictWords.sentence([$0.words], but: ConflictWords.whyUnmet($0, catalog[node], resolver.request))
      }
    }
    if Self.areShared(demands), demands.dropFirst().reduce(demands[0].allowed, { $0.intersection($1.allowed) }).isEmpty
    {
      let reason = ConflictWords.whyDisjoint(demands, catalog[node])
      return [ConflictWords.sentence(demands.map(\.words), but: reason)]
    }
    return demands.filter { $0.source != .project }.map {
      ConflictWords.sentence([$0.words], but: $0.source == .itself ? "which it is not" : nil)
    }
  }

  /// Whether two of the demands hold at once, rather than for one and another version of the same skill.
  private static func areShared(_ demands: [ConflictDemand]) -> Bool {
    guard let first = demands.first, var seen = first.demanding else { return demands.count > 1 }
    for demand in demands.dropFirst() {
      guard demand.source == first.source, let demanding = demand.demanding, seen.isDisjoint(with: demanding) else {
        return true
      }
      seen = seen.union(demanding)
    }
    return false
  }

  /// What is demanded of a skill: by the project, by a pin, by other skills in the order of the topics.
  private mutating func demands(on node: NodeID) -> [ConflictDemand] {
    let versions = catalog[node]
    var demands: [ConflictDemand] = []
    for root in facts.roots where root.name == versions.name {
      demands.append(
        ConflictDemand(
          words: "this project wants \(ConflictWords.wish(root))", source: .project, range: root.range,
          allowed: catalog.admits(root.range, of: node)))
    }
    if facts.pins.contains(node), let pinned = versions.pinned, let pin = resolver.request.pins[versions.name] {
      demands.append(
        ConflictDemand(
          words: "\(versions.name) is pinned to \(pin)", source: .pin, range: VersionRange(exactly: pin),
          allowed: pinned))
    }
    for other in topics {
      for need in facts.needs(of: other) where need.reference.name == versions.name {
        demands.append(demand(need, on: node))
      }
    }
    return demands
  }

  private mutating func demand(_ need: ConflictFacts.Need, on node: NodeID) -> ConflictDemand {
    let subject = subject(need)
    guard need.node != node else {
      let wish = need.reference.range.map { " as \($0)" } ?? ""
      return ConflictDemand(
        words: "\(subject) needs itself\(wish)", source: .itself, range: nil, allowed: catalog[node].all)
    }
    return ConflictDemand(
      words: "\(subject) needs \(ConflictWords.wish(need.reference))", source: .skill(need.node),
      range: need.reference.range, allowed: catalog.admits(need.reference.range, of: node), demanding: need.versions)
  }

  /// The versions that need something, without those that nobody asked for.
  private mutating func subject(_ need: ConflictFacts.Need) -> String {
    let versions = catalog[need.node]
    let root = facts.roots.first { $0.name == versions.name }
    let relevant = need.versions.intersection(asked(of: need.node))
    let words = ConflictWords.versions(relevant.isEmpty ? need.versions : relevant, of: versions)
    guard let root, introduced.insert(need.node).inserted else { return words }
    guard let range = root.range, range.exact == nil else { return "\(words) (wanted by this project)" }
    return "\(words) (wanted by this project as \(range))"
  }

  /// The versions of a skill that the project or another skill asks for.
  private mutating func asked(of node: NodeID) -> VersionSet {
    if let known = asked[node] { return known }
    let name = catalog.name(node)
    let ranges =
      facts.roots.filter { $0.name == name }.map(\.range)
      + facts.needs(on: name).filter { $0.node != node }.map(\.reference.range)
    var versions = catalog[node].none
    for range in ranges { versions = versions.union(catalog.admits(range, of: node)) }
    asked[node] = versions
    return versions
  }
}
