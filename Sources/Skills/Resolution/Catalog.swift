/// Every skill that was heard of, by a small number, with the versions of those that were provided.
struct Catalog: Sendable {
  private var names: [SkillName] = []
  private var skills: [SkillVersions?] = []
  private var identifiers: [SkillName: Int] = [:]

  /// The number of a skill, which is new when the name is.
  mutating func identifier(of name: SkillName) -> Int {
    if let known = identifiers[name] { return known }
    identifiers[name] = names.count
    names.append(name)
    skills.append(nil)
    return names.count - 1
  }

  mutating func provide(_ versions: SkillVersions) {
    let skill = identifier(of: versions.name)
    if skills[skill] == nil { skills[skill] = versions }
  }

  func isProvided(_ skill: Int) -> Bool { skills[skill] != nil }

  func name(_ skill: Int) -> SkillName { names[skill] }

  /// - Precondition: The skill was provided, as all are that a decision is made on; one that was not has no version.
  subscript(_ skill: Int) -> SkillVersions {
    skills[skill] ?? SkillVersions([], of: names[skill], for: ResolutionRequest(roots: []))
  }

  /// The versions of a provided skill that a range admits.
  mutating func admits(_ range: VersionRange?, of skill: Int) -> VersionSet {
    skills[skill]?.admits(range) ?? VersionSet(bits: 1)
  }

  /// The provided versions of a skill, oldest first.
  func versions(of name: SkillName) -> [AvailableVersion] {
    identifiers[name].flatMap { skills[$0]?.versions } ?? []
  }

  /// The names that were provided.
  var provided: [SkillName] { names.indices.filter { skills[$0] != nil }.map { names[$0] } }

  func locked(of skill: Int) -> Int? { skills[skill]?.locked }

  func allStates(of skill: Int) -> VersionSet { skills[skill]?.all ?? VersionSet(bits: 1) }

  /// The names that were heard of but not provided, sorted.
  var missing: [SkillName] {
    names.indices.filter { skills[$0] == nil }.map { names[$0] }.sorted()
  }
}
