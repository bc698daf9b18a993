import RegistryStore
import Skills

extension SkillHistory {
  /// The newest version that can be had.
  func available() throws -> VersionRecord {
    if let newest { return newest }
    if let quarantine = versions.last(where: { $0.quarantine != nil })?.quarantine {
      throw Self.quarantined("\(skill.name)", quarantine)
    }
    throw MeshError(.gone, "every version of \(skill.name) was withdrawn by its author")
  }

  /// One version that can be had.
  func available(_ version: SemanticVersion) throws -> VersionRecord {
    let record = try known(version)
    if let quarantine = record.quarantine { throw Self.quarantined("\(skill.name)@\(record.version)", quarantine) }
    guard record.withdrawnAt == nil else {
      throw MeshError(.gone, "\(skill.name)@\(version) was withdrawn by its author")
    }
    return record
  }

  /// One version, to be had or not.
  func known(_ version: SemanticVersion) throws -> VersionRecord {
    if let record = self.version(version) { return record }
    throw MeshError(
      .notFound, "\(skill.name) has no version \(version)",
      hint: newest.map { "The newest is \($0.version)." })
  }

  private static func quarantined(_ what: String, _ decision: QuarantineDecision) -> MeshError {
    MeshError(
      .quarantined, "\(what) was blocked by the operator of the registry: \(decision.reason)",
      hint: "Remove it where it is installed.")
  }
}
