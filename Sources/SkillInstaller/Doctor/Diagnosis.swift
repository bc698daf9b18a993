import Skills

/// What is wrong with what is installed in a project, or for a user, and fixing it.
///
/// Looking takes no lock, changes nothing, and asks no registry.
package struct Diagnosis: Sendable {
  /// What fixing did, and what it had to leave.
  package struct Outcome: Sendable, Hashable {
    package var fixed: [Finding]
    package var left: [Finding]

    package init(fixed: [Finding], left: [Finding]) {
      (self.fixed, self.left) = (fixed, left)
    }
  }

  private let targets: InstallTargets
  private let environment: AgentEnvironment

  package init(of targets: InstallTargets, _ environment: AgentEnvironment) {
    (self.targets, self.environment) = (targets, environment)
  }

  /// Everything that is wrong, the worst first.
  package func findings() throws(MeshError) -> [Finding] { try look().map(\.finding) }

  /// Fixes what is ours, while no other process of ours works there; edited and foreign folders stay as they are.
  package func fix() async throws -> Outcome {
    let before = try look()
    guard before.contains(where: { $0.fix != nil }) else { return Outcome(fixed: [], left: before.map(\.finding)) }
    let root = try await Recovery.claim(targets)
    defer { root.removeCreated() }
    for fix in try look().compactMap(\.fix) { try fix.perform(in: root, targets) }
    // Else the working folder of the fixes would be found.
    root.removeCreated()
    let left = try look().map(\.finding)
    let remaining = Set(left)
    return Outcome(
      fixed: before.filter { $0.fix != nil && !remaining.contains($0.finding) }.map(\.finding), left: left)
  }

  private func look() throws(MeshError) -> [FixableFinding] {
    let examination = try Examination(of: targets)
    let found =
      RecordChecks(examination: examination).findings() + LinkChecks(examination: examination).findings()
      + DuplicateChecks(examination: examination).findings() + RemainsChecks(examination: examination).findings()
      + ReadingChecks(examination, environment).findings()
    // What cannot be read is met by more than one of them.
    var paths: Set<String?> = []
    let distinct = found.filter { $0.finding.rule != .unreadable || paths.insert($0.finding.path).inserted }
    return Severity.allCases.reversed().flatMap { severity in distinct.filter { $0.finding.severity == severity } }
  }
}
