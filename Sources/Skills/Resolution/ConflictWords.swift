import FoundationSubset

/// The wording of conflicts: ranges as their authors wrote them, runs of versions as one.
enum ConflictWords {
  /// Of a long list as many are named, and the rest counted.
  private static let maximumItems = 6
  /// How many of the newest versions are named where none matches.
  private static let newest = 3

  static func sentence(_ phrases: [String], but reason: String?) -> String {
    var text = phrases[0]
    if phrases.count > 1 {
      let shown = shortened(phrases, noun: "others want something else")
      text = shown.dropLast().joined(separator: ", ") + ", and " + (shown.last ?? "")
    }
    if let reason { text += reason.hasPrefix("which") ? ", \(reason)" : ", but \(reason)" }
    let isName = text.prefix { $0 != " " }.contains("/")
    return (isName ? text : text.prefix(1).uppercased() + text.dropFirst()) + "."
  }

  /// `acme/base ^1`, or `any version of acme/base`.
  static func wish(_ reference: SkillReference) -> String {
    guard let range = reference.range else { return "any version of \(reference.name)" }
    return "\(reference.name) \(range)"
  }

  /// `acme/app@1.0.0`, `every version of acme/app`, `every version of acme/app from 1.0.0 to 1.4.0`.
  static func versions(_ set: VersionSet, of skill: SkillVersions) -> String {
    let runs = runs(in: set, of: skill)
    if set.count == 1, let only = set.last { return "\(skill.name)@\(skill.version(only).number)" }
    if runs.count == 1, set.count == skill.versions.count { return "every version of \(skill.name)" }
    if runs.count == 1 { return "every version of \(skill.name) from \(ends(runs[0], of: skill))" }
    let items = runs.map { ends($0, of: skill) }
    return "\(skill.name) in the versions \(list(shortened(items, noun: "others")))"
  }

  private static func ends(_ run: ClosedRange<SkillState>, of skill: SkillVersions) -> String {
    let first = skill.version(run.lowerBound).number
    return run.count == 1 ? "\(first)" : "\(first) to \(skill.version(run.upperBound).number)"
  }

  /// The set in unbroken pieces; versions that nobody may take do not break one.
  private static func runs(in set: VersionSet, of skill: SkillVersions) -> [ClosedRange<SkillState>] {
    var runs: [ClosedRange<SkillState>] = []
    for state in set.states where state != .absent {
      if let last = runs.last, (last.upperBound.advanced(by: 1)..<state).allSatisfy({ !skill.eligible.contains($0) }) {
        runs[runs.count - 1] = last.lowerBound...state
      } else {
        runs.append(state...state)
      }
    }
    return runs
  }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func shortened(_ items: [String], noun: String) -> [String] {
    guard items.count > maximumItems else { return items }
    return items.prefix(maximumItems - 1) + ["\(items.count - maximumItems + 1) \(noun)"]
  }

  /// A moment to the minute: `2026-05-04 09:30 UTC`.
  static func moment(_ date: Date) -> String {
    let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    return "\(date.formatted(style).prefix(16)) UTC"
  }
}

extension ConflictWords {
  /// Why no version of a skill may be taken for a demand.
  static func whyUnmet(_ demand: ConflictDemand, _ skill: SkillVersions, _ request: ResolutionRequest) -> String {
    guard !skill.versions.isEmpty else { return skill.absence ?? "there is no such skill" }
    let matching = skill.matching(demand.range)
    guard !matching.isEmpty else {
      let newest = skill.versions.suffix(newest).reversed().map { "\($0.number)" }
      let what = demand.source == .pin ? "there is no such version" : "no version of it matches"
      return "\(what): \(newest.count == 1 ? "there is only" : "the newest are") \(list(newest))"
        + (skill.absence.map { "; \($0)" } ?? "")
    }
    let found = matching.states.reversed().map { skill.version($0) }
    let states = found.map { "\($0.number) \(state(of: $0, request))" }
    guard found.count > 1 else {
      return "the only version of it that matches, \(found[0].number), \(state(of: found[0], request))"
    }
    return "of the versions of it that match, \(list(shortened(states, noun: "others cannot be taken either")))"
  }

  private static func state(of version: AvailableVersion, _ request: ResolutionRequest) -> String {
    if version.isYanked { return "was yanked" }
    let moment = moment(version.publishedAt)
    guard let age = request.minimumAge else { return "was published only on \(moment)" }
    return "was published less than \(age) ago, on \(moment)"
  }

  /// Why no version of a skill meets demands of which each alone could be met.
  static func whyDisjoint(_ demands: [ConflictDemand], _ skill: SkillVersions) -> String {
    let matching = demands.dropFirst().reduce(skill.matching(demands[0].range)) {
      $0.intersection(skill.matching($1.range))
    }
    guard let common = matching.last else { return "only one version of \(skill.name) can be installed" }
    let version = skill.version(common)
    guard version.isYanked else {
      return "\(version.number), which would do for all, was published only on \(moment(version.publishedAt))"
    }
    return "\(version.number), which would do for all, was yanked"
  }
}
