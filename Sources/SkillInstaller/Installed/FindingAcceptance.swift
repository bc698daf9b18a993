import Skills

/// Writes into `skills.json` that findings of an audit are known and may stand.
package struct FindingAcceptance: Sendable {
  /// As `audit` calls it: the id of a risk, or that of a rule.
  let rule: String
  let reason: String
  /// Folders; nil for every skill in which it is found.
  let folders: Set<SkillSlug>?
  let targets: InstallTargets

  package init(of rule: String, because reason: String, in folders: [SkillSlug], _ targets: InstallTargets) {
    (self.rule, self.reason, self.targets) = (rule, reason, targets)
    self.folders = folders.isEmpty ? nil : Set(folders)
  }

  /// - Parameter audit: What was found.
  /// - Returns: The entries that are new, and the audit as it is with them.
  /// - Throws: `notFound` where there is no such finding, `validationError` for a reason that nobody could read.
  package func perform(on audit: Audit) async throws -> (entries: [AcceptedFinding], audit: Audit) {
    let root = try await Recovery.claim(targets)
    defer { root.removeCreated() }
    let state = try ProjectState(targets)
    guard var manifest = state.manifest else {
      throw MeshError(
        .notFound, "there is no \(ProjectManifest.fileName), which accepted findings are kept in",
        hint: "Write one by installing a skill: agent-mesh skills install author/slug")
    }
    let known = state.known
    var (entries, rest): ([AcceptedFinding], Audit) = ([], audit)
    for finding in audit.findings where finding.id == rule {
      guard let folder = finding.skill.flatMap({ try? SkillSlug(parsing: $0.folder) }),
        folders?.contains(folder) ?? true,
        let skill = known[folder]
      else { continue }
      let entry = try AcceptedFinding(
        skill: skill, rule: rule, file: finding.file.isEmpty ? nil : finding.file, reason: reason)
      if !entries.contains(entry) { entries.append(entry) }
      rest.accept(finding, because: entry.reason)
    }
    guard !entries.isEmpty else { throw nothing(in: audit) }
    manifest.accepted += entries
    let change = StagedChange(
      files: state.files(manifest, state.lock ?? Lockfile()).filter { $0.name == ProjectManifest.fileName })
    _ = try TransactionRun.perform(change, in: root, targets)
    return (entries, rest)
  }

  private func nothing(in audit: Audit) -> MeshError {
    let others = Set(audit.findings.map(\.id)).sorted()
    return MeshError(
      .notFound, "nothing of '\(rule, limit: 80)' is found that is not accepted already",
      hint: others.isEmpty
        ? "See: agent-mesh skills audit" : "Found are \(others.joined(separator: ", ")). See: agent-mesh skills audit")
  }
}
