/// How much work a resolution may take: what is beyond it is reported rather than waited for.
struct ResolutionLimits: Sendable {
  var decisions: Int
  /// What was learned and what was read from dependencies together.
  var incompatibilities: Int

  /// Far beyond what real projects need, and over within seconds.
  static let standard = ResolutionLimits(decisions: 50_000, incompatibilities: 200_000)
}

extension ResolutionConflict {
  static func exhausted(_ limits: ResolutionLimits) -> ResolutionConflict {
    ResolutionConflict(
      explanation: [
        "No choice of versions was found within \(limits.decisions) attempts, because too many of the wanted skills "
          + "contradict each other."
      ],
      suggestions: [
        "ask for narrower ranges, such as exact versions of the skills that matter most",
        "want fewer skills at once",
      ])
  }
}
