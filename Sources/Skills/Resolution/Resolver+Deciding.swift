extension Resolver {
  /// How many conflicts it takes until a skill is decided on before its turn.
  private static let conflictThreshold = 3

  /// The undecided skill to look at next.
  ///
  /// First those without a choice, then those whose locked version can stay, then those that caused the most trouble
  /// when they came late, then all others in the order in which they were asked for: what the project itself wants
  /// gets its newest version first.
  mutating func nextNode() -> NodeID? {
    var best: (node: NodeID, rank: Int)?
    for node in solution.undecided {
      spend(1)
      let rank = rank(of: node)
      if rank < best?.rank ?? .max { best = (node, rank) }
      if rank == .min { break }
    }
    return best?.node
  }

  private func rank(of node: NodeID) -> Int {
    let states = solution.states[node]
    if states.count == 1 { return .min }
    if !request.locked.isEmpty, let locked = catalog.locked(of: node), states.contains(locked) { return .min + 1 }
    return conflictCounts[node] < Self.conflictThreshold ? 0 : -conflictCounts[node]
  }

  /// The locked version while it is allowed, else the newest.
  func preferred(of node: NodeID) -> SkillState? {
    let states = solution.states[node]
    if let locked = catalog.locked(of: node), states.contains(locked) { return locked }
    return states.last
  }

  /// Makes the preferred version of a skill the candidate, with all that it depends on as incompatibilities.
  ///
  /// - Returns: False when versions have to be provided first.
  mutating func choose(_ node: NodeID) -> Bool {
    guard let version = preferred(of: node) else { return true }
    guard prepare(node, version) else { return false }
    changed.append(node)
    candidate = (node, version)
    return true
  }

  /// Decides on the candidate, unless what it depends on forbids that.
  mutating func decide(_ node: NodeID, _ version: SkillState) {
    candidate = nil
    guard solution.states[node].isInstalled, solution.states[node].contains(version), !solution.isDecided[node]
    else { return }
    decisions += 1
    solution.decide(node, version, of: catalog.allStates(of: node))
    changed.append(node)
  }

  /// Turns all that a version depends on into incompatibilities, once.
  ///
  /// - Returns: Whether the versions of all of it were provided.
  private mutating func prepare(_ node: NodeID, _ version: SkillState) -> Bool {
    if prepared[node].contains(version) { return true }
    let dependencies = catalog[node].version(version).dependencies
    let targets = dependencies.map { catalog.node(of: $0.name) }
    for (target, dependency) in zip(targets, dependencies) where !catalog.isProvided(target) {
      lookahead.expect(target, dependency.range)
    }
    guard targets.allSatisfy(catalog.isProvided) else { return false }
    for (target, dependency) in zip(targets, dependencies) { require(dependency, target, by: node, version) }
    prepared[node].insert(version)
    return true
  }

  /// Turns one dependency of a version into an incompatibility, at once for all versions beside it with the same one.
  private mutating func require(_ reference: SkillReference, _ target: NodeID, by node: NodeID, _ version: SkillState) {
    if known[node][reference]?.contains(where: { $0.contains(version) }) == true { return }
    introduce(target)
    let versions = catalog[node].run(around: version, needing: reference)
    known[node][reference, default: []].append(versions)
    let others = catalog[target].all.subtracting(catalog.admits(reference.range, of: target))
    let cause = Incompatibility.Cause.dependency(of: node, in: versions, on: reference)
    guard target != node else {
      let wrong = versions.intersection(others)
      guard !wrong.isEmpty else { return }
      add(Incompatibility(terms: [Incompatibility.Term(node: node, states: wrong)], cause: cause))
      return
    }
    var terms = [Incompatibility.Term(node: node, states: versions)]
    if others != catalog[target].all { terms.append(Incompatibility.Term(node: target, states: others)) }
    add(Incompatibility(terms: terms, cause: cause))
  }

  /// Makes a provided skill known to the solution, with its pin.
  mutating func introduce(_ node: NodeID) {
    guard !solution.isKnown(node) else { return }
    while mentions.count <= node.index {
      mentions.append([])
      conflictCounts.append(0)
      known.append([:])
      prepared.append(VersionSet(bits: 1))
    }
    let versions = catalog[node]
    prepared[node] = versions.none
    solution.introduce(node, all: versions.all)
    guard let pinned = versions.pinned else { return }
    var others = versions.all.subtracting(pinned)
    others.remove(.absent)
    add(Incompatibility(terms: [Incompatibility.Term(node: node, states: others)], cause: .pin(node)))
  }

  /// Adds an incompatibility that unit propagation looks at.
  @discardableResult
  mutating func add(_ incompatibility: Incompatibility) -> IncompatibilityID {
    let id = append(incompatibility)
    for term in incompatibility.terms { mentions[term.node].append(id) }
    return id
  }

  /// Adds an incompatibility that only explains others.
  mutating func append(_ incompatibility: Incompatibility) -> IncompatibilityID {
    incompatibilities.append(incompatibility)
    retired.append(false)
    return IncompatibilityID(index: incompatibilities.count - 1)
  }
}

extension SkillVersions {
  /// The unbroken run of versions around one that all need the very same.
  func run(around version: SkillState, needing reference: SkillReference) -> VersionSet {
    var run = none
    run.insert(version)
    for state in newer(than: version) {
      guard self.version(state).dependencies.contains(reference) else { break }
      run.insert(state)
    }
    for state in older(than: version).reversed() {
      guard self.version(state).dependencies.contains(reference) else { break }
      run.insert(state)
    }
    return run
  }
}
