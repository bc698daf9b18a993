import FoundationSubset

/// The versions of one skill, oldest first, and which of them a range admits.
struct SkillVersions: Sendable {
  let name: SkillName
  let versions: [AvailableVersion]
  /// Why there are none, as half a sentence; nil where there is no such skill.
  let absence: String?
  /// Every state there is.
  let all: VersionSet
  /// The versions that may be taken: what a skill names exactly is no exception, what the project does is.
  private(set) var eligible: VersionSet
  private(set) var locked: SkillState?
  /// The version that the skill is pinned to: nil without a pin, empty when there is no such version.
  private(set) var pinned: VersionSet?
  /// What a reference without a range admits.
  private var unranged: VersionSet
  private var admitted: [String: VersionSet] = [:]

  init(
    _ versions: [AvailableVersion], of name: SkillName, for request: ResolutionRequest, absence: String? = nil
  ) {
    self.name = name
    self.absence = absence
    self.versions = Self.sorted(versions)
    all = VersionSet(full: versions.count + 1)
    eligible = VersionSet(bits: versions.count + 1)
    unranged = eligible
    for (index, version) in self.versions.enumerated() where !Self.isPassedOver(version, by: request) {
      eligible.insert(SkillState(version: index))
    }
    unranged = plainChoice
    allowUnasked(request)
  }

  /// How many states there are.
  var bits: Int { versions.count + 1 }

  var none: VersionSet { VersionSet(bits: bits) }

  /// - Precondition: The state is not `absent`.
  func version(_ state: SkillState) -> AvailableVersion { versions[state.bit - 1] }

  func older(than state: SkillState) -> Range<SkillState> { SkillState(version: 0)..<state }

  func newer(than state: SkillState) -> Range<SkillState> {
    let next = state.advanced(by: 1)
    return next..<max(SkillState(bit: bits), next)
  }

  /// The versions that a reference with `range` may be met with.
  mutating func admits(_ range: VersionRange?) -> VersionSet {
    guard let range else { return unranged }
    if let known = admitted[range.description] { return known }
    let result = (range.exact.map(exactly) ?? set { range.contains($0) }).intersection(eligible)
    admitted[range.description] = result
    return result
  }

  /// The versions that `range` is written for, in whatever state they are.
  func matching(_ range: VersionRange?) -> VersionSet {
    if let exact = range?.exact { return exactly(exact) }
    let hasStable = versions.contains { !$0.number.isPrerelease }
    return set { number in range.map { $0.contains(number) } ?? (!number.isPrerelease || !hasStable) }
      .union(range == nil ? unranged : none)
  }

  func set(where isIncluded: (SemanticVersion) -> Bool) -> VersionSet {
    var result = none
    for (index, version) in versions.enumerated() where isIncluded(version.number) {
      result.insert(SkillState(version: index))
    }
    return result
  }

  /// The versions that differ from one in build metadata at most.
  private func exactly(_ number: SemanticVersion) -> VersionSet {
    let number = number.withoutBuild
    var (low, high) = (0, versions.count)
    while low < high {
      let middle = (low + high) / 2
      if versions[middle].number < number { low = middle + 1 } else { high = middle }
    }
    var result = none
    for index in low..<versions.count {
      guard versions[index].number.hasSamePrecedence(as: number) else { break }
      result.insert(SkillState(version: index))
    }
    return result
  }

  /// The stable versions that may be taken; pre-releases only where no stable one stands.
  private var plainChoice: VersionSet {
    let hasStable = versions.contains { !$0.number.isPrerelease && !$0.isYanked }
    return set { $0.isPrerelease != hasStable }.intersection(eligible)
  }

  /// Locks, pins and what the project names exactly are allowed whatever their state, and where any version will do.
  private mutating func allowUnasked(_ request: ResolutionRequest) {
    if let number = request.locked[name] {
      locked = versions.firstIndex { $0.number == number }.map(SkillState.init(version:))
      if let locked { allow(locked) }
    }
    if let pin = request.pins[name] {
      let found = set { $0 == pin || (pin.build.isEmpty && $0.hasSamePrecedence(as: pin)) }
      pinned = found
      for state in found.states { allow(state) }
    }
    for root in request.roots where root.name == name {
      guard let range = root.range else { continue }
      for (index, version) in versions.enumerated() where range.contains(version.number) {
        let state = SkillState(version: index)
        let isNamed = range.exact != nil && !request.borrowed.contains(root)
        if isNamed || (version.number.isPrerelease && eligible.contains(state)) { allow(state) }
      }
    }
  }

  private mutating func allow(_ state: SkillState) {
    eligible.insert(state)
    unranged.insert(state)
  }

  static func isPassedOver(_ version: AvailableVersion, by request: ResolutionRequest) -> Bool {
    if version.isYanked { return true }
    guard let limit = request.publishedBefore else { return false }
    return version.publishedAt > limit
  }

  private static func sorted(_ versions: [AvailableVersion]) -> [AvailableVersion] {
    let pairs = zip(versions, versions.dropFirst())
    if pairs.allSatisfy({ $0.number < $1.number }) { return versions }
    return versions.sorted { $0.number < $1.number }
  }
}
