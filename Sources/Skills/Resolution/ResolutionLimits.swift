/// How much work a resolution may take: what is beyond it is reported rather than waited for.
struct ResolutionLimits: Sendable {
  var decisions: Int
  /// What was learned and what was read from dependencies together.
  var incompatibilities: Int
  /// Terms that are looked at, which is what the time goes into.
  var work: Int
  /// The work after which whoever waits may change their mind.
  var pace = 100_000

  /// Far beyond what real projects need, and over within seconds.
  static let standard = ResolutionLimits(decisions: 50_000, incompatibilities: 200_000, work: 40_000_000)
}

extension ResolutionConflict {
  /// - Parameter skills: Those that took part in the most conflicts.
  static func exhausted(_ skills: [SkillName]) -> ResolutionConflict {
    let names = skills.isEmpty ? "" : ", above all \(ConflictWords.list(skills.map(\.description)))"
    return ResolutionConflict(
      explanation: [
        "It is too hard to find out which versions go together, because too many of the wanted skills contradict each "
          + "other\(names)."
      ],
      suggestions: [
        "ask for narrower ranges, such as exact versions of the skills that matter most",
        "want fewer skills at once",
      ])
  }
}
