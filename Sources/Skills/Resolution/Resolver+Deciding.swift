extension Resolver {
  /// How many quarrels it takes until a skill is decided on before its turn.
  private static let patience = 3

  /// The undecided skill to look at next.
  ///
  /// First those without a choice, then those whose locked version can stay, then those that caused the most trouble
  /// when they came late, then all others in the order in which they were asked for: what the project itself wants
  /// gets its newest version first.
  mutating func nextSkill() -> Int? {
    var best: (skill: Int, rank: Int)?
    for skill in solution.undecided {
      spend(1)
      let rank = rank(of: skill)
      if rank < best?.rank ?? .max { best = (skill, rank) }
      if rank == .min { break }
    }
    return best?.skill
  }

  private func rank(of skill: Int) -> Int {
    let states = solution.states[skill]
    if states.count == 1 { return .min }
    if !request.locked.isEmpty, let locked = catalog.locked(of: skill), states.contains(locked) { return .min + 1 }
    return quarrels[skill] < Self.patience ? 0 : -quarrels[skill]
  }

  /// The locked version while it is allowed, else the newest.
  func preferred(of skill: Int) -> Int? {
    let states = solution.states[skill]
    if let locked = catalog.locked(of: skill), states.contains(locked) { return locked }
    return states.last
  }

  /// Makes the preferred version of a skill the candidate, with all that it needs noted.
  ///
  /// - Returns: False when versions have to be provided first.
  mutating func consider(_ skill: Int) -> Bool {
    guard let version = preferred(of: skill) else { return true }
    guard prepare(skill, version) else { return false }
    changed.append(skill)
    candidate = (skill, version)
    return true
  }

  /// Decides on the candidate, unless what it needs forbids that.
  mutating func take(_ skill: Int, _ version: Int) {
    candidate = nil
    guard solution.states[skill].isInstalled, solution.states[skill].contains(version), !solution.isDecided[skill]
    else { return }
    decisions += 1
    solution.decide(skill, version, of: catalog.allStates(of: skill))
    changed.append(skill)
  }

  /// Notes all that a version needs, once.
  ///
  /// - Returns: Whether the versions of all of it were provided.
  private mutating func prepare(_ skill: Int, _ version: Int) -> Bool {
    if prepared[skill].contains(version) { return true }
    let dependencies = catalog[skill].version(version).dependencies
    let targets = dependencies.map { catalog.identifier(of: $0.name) }
    for (target, dependency) in zip(targets, dependencies) where !catalog.isProvided(target) {
      lookahead.expect(target, dependency.range)
    }
    guard targets.allSatisfy(catalog.isProvided) else { return false }
    for (target, dependency) in zip(targets, dependencies) { require(dependency, target, by: skill, version) }
    prepared[skill].insert(version)
    return true
  }

  /// Notes what a version needs, at once for all versions beside it that need the same.
  private mutating func require(_ reference: SkillReference, _ target: Int, by skill: Int, _ version: Int) {
    if known[skill][reference]?.contains(where: { $0.contains(version) }) == true { return }
    introduce(target)
    let versions = catalog[skill].run(around: version, needing: reference)
    known[skill][reference, default: []].append(versions)
    let others = catalog[target].all.subtracting(catalog.admits(reference.range, of: target))
    let cause = Incompatibility.Cause.dependency(of: skill, in: versions, on: reference)
    guard target != skill else {
      let wrong = versions.intersection(others)
      guard !wrong.isEmpty else { return }
      return add(Incompatibility(terms: [Incompatibility.Term(skill: skill, states: wrong)], cause: cause))
    }
    var terms = [Incompatibility.Term(skill: skill, states: versions)]
    if others != catalog[target].all { terms.append(Incompatibility.Term(skill: target, states: others)) }
    add(Incompatibility(terms: terms, cause: cause))
  }

  /// Makes a provided skill known to the solution, with its pin.
  mutating func introduce(_ skill: Int) {
    guard !solution.isKnown(skill) else { return }
    while mentions.count <= skill {
      mentions.append([])
      quarrels.append(0)
      known.append([:])
      prepared.append(VersionSet(bits: 1))
    }
    let versions = catalog[skill]
    prepared[skill] = versions.none
    solution.introduce(skill, all: versions.all)
    guard let pinned = versions.pinned else { return }
    var others = versions.all.subtracting(pinned)
    others.remove(VersionSet.absent)
    add(Incompatibility(terms: [Incompatibility.Term(skill: skill, states: others)], cause: .pin(skill: skill)))
  }

  mutating func add(_ incompatibility: Incompatibility) {
    for term in incompatibility.terms { mentions[term.skill].append(incompatibilities.count) }
    append(incompatibility)
  }

  /// Notes an incompatibility without examining it ever.
  mutating func append(_ incompatibility: Incompatibility) {
    incompatibilities.append(incompatibility)
    retired.append(false)
  }
}

extension SkillVersions {
  /// The unbroken run of versions around one that all need the very same.
  func run(around version: Int, needing reference: SkillReference) -> VersionSet {
    var run = none
    run.insert(version)
    for bit in (version + 1)..<max(bits, version + 1) {
      guard self.version(bit).dependencies.contains(reference) else { break }
      run.insert(bit)
    }
    for bit in (1..<version).reversed() {
      guard self.version(bit).dependencies.contains(reference) else { break }
      run.insert(bit)
    }
    return run
  }
}
