/// The nodes of the graph: every skill whose name is known, with the versions of those that were provided.
struct Catalog: Sendable {
  private var names = NodeTable<SkillName>()
  private var skills = NodeTable<SkillVersions?>()
  private var nodes: [SkillName: NodeID] = [:]

  /// The node of a skill, which is new when the name is.
  mutating func node(of name: SkillName) -> NodeID {
    if let known = nodes[name] { return known }
    let node = NodeID(index: names.count)
    nodes[name] = node
    names.append(name)
    skills.append(nil)
    return node
  }

  mutating func provide(_ versions: SkillVersions) {
    let node = node(of: versions.name)
    if skills[node] == nil { skills[node] = versions }
  }

  func isProvided(_ node: NodeID) -> Bool { skills[node] != nil }

  func name(_ node: NodeID) -> SkillName { names[node] }

  /// - Precondition: The skill was provided, as all are that a decision is made on; one that was not has no version.
  subscript(_ node: NodeID) -> SkillVersions {
    skills[node] ?? SkillVersions([], of: names[node], for: ResolutionRequest(roots: []))
  }

  /// The versions of a provided skill that a range admits.
  mutating func admits(_ range: VersionRange?, of node: NodeID) -> VersionSet {
    skills[node]?.admits(range) ?? VersionSet(bits: 1)
  }

  /// The provided versions of a skill, oldest first.
  func versions(of name: SkillName) -> [AvailableVersion] {
    nodes[name].flatMap { skills[$0]?.versions } ?? []
  }

  /// The names that were provided.
  var provided: [SkillName] { names.nodes.filter(isProvided).map(name) }

  func locked(of node: NodeID) -> SkillState? { skills[node]?.locked }

  func allStates(of node: NodeID) -> VersionSet { skills[node]?.all ?? VersionSet(bits: 1) }

  /// The names that are known but not provided, sorted.
  var missing: [SkillName] { names.nodes.filter { !isProvided($0) }.map(name).sorted() }
}
