import Skills

/// What others may ask of an agent; 0 calls is no limit.
package struct AgentLimitValues: Sendable, Hashable {
  package static let maximumCalls = 1_000_000

  package var maxCallsPerHour: Int
  package var maxCallsPerUserPerDay: Int
  /// Whether other agents may call it.
  package var allowA2A: Bool

  package static let standard = AgentLimitValues(maxCallsPerHour: 60, maxCallsPerUserPerDay: 20, allowA2A: true)

  package init(maxCallsPerHour: Int, maxCallsPerUserPerDay: Int, allowA2A: Bool) {
    self.maxCallsPerHour = maxCallsPerHour
    self.maxCallsPerUserPerDay = maxCallsPerUserPerDay
    self.allowA2A = allowA2A
  }

  func check() throws(MeshError) {
    for calls in [maxCallsPerHour, maxCallsPerUserPerDay] where calls < 0 || calls > Self.maximumCalls {
      throw MeshError(
        .validationError, "a limit of \(calls) calls is out of range",
        hint: "Give a number from 0, which is no limit, to \(Self.maximumCalls).")
    }
  }
}
