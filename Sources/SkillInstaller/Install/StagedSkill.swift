import RegistryClient
import SkillArchive
import Skills

/// What a decision needs, checked and complete in a staging folder.
struct StagedSkill: Sendable {
  enum Content: Sendable {
    /// The whole folder of the skill, with its record.
    case folder
    /// A new record for the folder that is there.
    case mark
    case nothing
  }

  let decision: Decision
  let staging: Staging
  let content: Content
  let mark: OwnershipMark

  var slug: SkillSlug { decision.candidate.name.slug }

  /// Unpacks an archive, checks what came of it, and records it.
  ///
  /// - Throws: `integrityError` when it is not what the index promises, or not what a registry may store.
  init(
    _ decision: Decision, _ staging: Staging, unpacking source: ArchiveSource, limits: ArchiveLimits
  ) throws(MeshError) {
    let candidate = decision.candidate
    let folder = try staging.folder.newChild(Staging.skill)
    let inspected = try Self.reading(candidate) { () throws(ArchiveError) in
      try ArchiveInspector.inspect(source, limits: limits)
    }
    try Self.check(inspected, candidate)
    let manifest = try Self.reading(candidate) { () throws(ArchiveError) in
      try SkillUnpacker.unpack(source, inspected: inspected, into: folder.descriptor, limits: limits)
    }
    mark = decision.mark(manifest)
    try folder.write(mark.encoded(), to: OwnershipMark.fileName)
    (self.decision, self.staging, content) = (decision, staging, .folder)
  }

  /// For a skill that is there and lacks links alone.
  init(completing decision: Decision, _ installed: OwnershipMark, _ staging: Staging) throws(MeshError) {
    var mark = installed
    mark.links = decision.plan.links
    if mark != installed {
      try staging.folder.write(mark.encoded(), to: Staging.mark)
      try staging.folder.write(installed.encoded(), to: Staging.formerMark)
    }
    (self.decision, self.staging, self.mark) = (decision, staging, mark)
    content = mark == installed ? .nothing : .mark
  }

  /// Removes the staging folder; what cannot be removed is cleared away by the next run.
  func clear() {
    try? staging.discard()
  }

  private static func check(_ inspected: InspectedArchive, _ candidate: Candidate) throws(MeshError) {
    guard inspected.isCanonical else {
      throw refused(candidate, "its archive is not in the form that registries store")
    }
    guard inspected.treeDigest == candidate.entry.treeDigest else {
      throw refused(candidate, "its files are not those that the index promises")
    }
    let document = try? SkillDocument(reading: inspected.skillMarkdown)
    guard document?.name == candidate.name.slug.rawValue else {
      throw refused(candidate, "its SKILL.md is that of '\(TerminalText.escaped(document?.name ?? "?", limit: 80))'")
    }
  }

  private static func reading<Value>(
    _ candidate: Candidate, _ step: () throws(ArchiveError) -> Value
  ) throws(MeshError) -> Value {
    do {
      return try step()
    } catch {
      switch error {
      case .refused(let refusal): throw refused(candidate, "its archive was refused: \(refusal)")
      case .file(let fault):
        throw MeshError(fault.errno == .noSpace ? .storageFull : .fileError, "\(fault)", hint: "Nothing was changed.")
      case .library(let message): throw MeshError(.installFailed, message, hint: "Nothing was changed.")
      }
    }
  }

  private static func refused(_ candidate: Candidate, _ reason: String) -> MeshError {
    MeshError(
      .integrityError, "\(candidate.name)@\(candidate.number) cannot be trusted: \(reason)",
      hint: "Nothing was installed. Report it to the registry.")
  }
}
