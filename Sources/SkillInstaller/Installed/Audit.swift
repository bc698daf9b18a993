import RegistryAPI
import Skills

/// What is to be said against the skills of one place: what their registries say of their versions, and what their
/// files hold.
package struct Audit: Sendable {
  /// A finding that somebody has looked at and lets stand.
  package struct Accepted: Hashable, Sendable, Encodable {
    package var finding: Finding
    package var reason: String

    private enum CodingKeys: String, CodingKey {
      case reason
    }

    package func encode(to encoder: any Encoder) throws {
      try finding.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(reason, forKey: .reason)
    }
  }

  /// A skill of which its registry could not be asked.
  package struct Unchecked: Hashable, Sendable, Codable {
    package var folder: String
    package var reference: String
    /// A stable code.
    package var error: String
    package var message: String
  }

  /// How many skills were looked at.
  package private(set) var count = 0
  /// By folder, and the worst first.
  package private(set) var findings: [Finding] = []
  /// Those that `skills.json` accepts, which are not among the others.
  package private(set) var accepted: [Accepted] = []
  package private(set) var unchecked: [Unchecked] = []
  /// Of the first that could not be asked.
  package private(set) var failure: ErrorCode?

  private let examination: Examination
  private let manifest: ProjectManifest?

  /// Looks at every skill of a place.
  ///
  /// A registry that does not answer does not keep the files from being looked at.
  package init(of installer: SkillInstaller) async throws {
    examination = try Examination(of: installer.targets)
    let state = try ProjectState(examination)
    manifest = state.manifest
    let skills = state.known.skills
    let answers = try await installer.indexes(of: skills)
    let scanner = RiskScanner()
    for skill in skills {
      try Task.checkCancellation()
      let isUnlocked = state.lock.map { $0[skill.folder] == nil } ?? false
      look(at: skill, isUnlocked: isUnlocked, skill.name.flatMap { answers[$0] }, scanner)
    }
    // Those that nobody has locked and that bear no record of ours, where agents read them all the same.
    let known = Set(skills.map(\.folder.rawValue))
    for skill in state.installed where skill.mark == nil && !known.contains(skill.slug) {
      look(atForeign: skill, scanner)
    }
  }

  package func has(_ severity: Severity) -> Bool { findings.contains { $0.severity >= severity } }

  /// Moves a finding to those that `skills.json` accepts.
  mutating func accept(_ finding: Finding, because reason: String) {
    findings.removeAll { $0 == finding }
    accepted.append(Accepted(finding: finding, reason: reason))
  }

  private mutating func look(
    at skill: LockedSkill, isUnlocked: Bool, _ answer: Result<IndexDocument, MeshError>?, _ scanner: RiskScanner
  ) {
    let subject = Finding.Subject(skill)
    var found: [Finding] = []
    if isUnlocked { found.append(Finding(.unlocked, of: subject, "it is installed here and in no lock")) }
    if let number = skill.number, let answer {
      do throws(MeshError) {
        let entry = try answer.get().entry(of: number)
        found += [Finding(of: subject, installed: skill, from: entry)].compactMap(\.self)
      } catch {
        if let finding = Finding(of: subject, failing: error) {
          found.append(finding)
        } else {
          failure = failure ?? error.code
          unchecked.append(
            Unchecked(
              folder: subject.folder, reference: subject.reference, error: error.wireCode, message: error.message))
        }
      }
    }
    found += files(of: subject, scanner) { () throws(MeshError) in
      try examination.contents(of: skill)
    }
    add(found, of: skill)
  }

  private mutating func look(atForeign skill: InstalledSkill, _ scanner: RiskScanner) {
    let subject = Finding.Subject(folder: skill.slug, reference: skill.slug, version: skill.version)
    add(
      [Finding(.unlocked, of: subject, "agent-mesh did not install it")]
        + files(of: subject, scanner) { () throws(MeshError) in
          try examination.contents(inFolder: skill.slug)
        }, of: nil)
  }

  private func files(
    of subject: Finding.Subject, _ scanner: RiskScanner, _ contents: () throws(MeshError) -> InstalledContents?
  ) -> [Finding] {
    do throws(MeshError) {
      guard let contents = try contents() else {
        return [Finding(.missing, .note, of: subject, "it is not installed here, so its files were not looked at")]
      }
      return try FileAudit(skill: subject, contents: contents, scanner: scanner).findings()
    } catch {
      return [Finding(.unreadable, .warning, of: subject, Message(error.message, limit: .max))]
    }
  }

  /// The worst first; what the manifest accepts apart from the others.
  private mutating func add(_ found: [Finding], of skill: LockedSkill?) {
    count += 1
    var rest: [Finding] = []
    for finding in found {
      let file = finding.file.isEmpty ? nil : finding.file
      if let skill, let entry = manifest?.acceptance(of: finding.id, in: file, of: skill) {
        accepted.append(Accepted(finding: finding, reason: entry.reason))
      } else {
        rest.append(finding)
      }
    }
    findings += Severity.allCases.reversed().flatMap { severity in rest.filter { $0.severity == severity } }
  }
}

extension Finding {
  /// What the entry of a version in the index says against a skill that was installed from it; nil when it says
  /// nothing.
  ///
  /// - Parameter entry: Nil when the version is not listed.
  fileprivate init?(of subject: Subject, installed skill: LockedSkill, from entry: IndexDocument.Version?) {
    guard let entry else {
      self.init(.changed, of: subject, "its registry does not list this version, which it never forgets")
      return
    }
    guard entry.digest == skill.digest, entry.treeDigest == skill.treeDigest else {
      self.init(.changed, of: subject, "its registry has other content under this version")
      return
    }
    let reason: Message = entry.reason.map { ": \($0)" } ?? ""
    switch entry.status {
    case .published: return nil
    case .yanked: self.init(.yanked, of: subject, "yanked by its author" + reason)
    case .withdrawn: self.init(.withdrawn, of: subject, "withdrawn by its author" + reason)
    case .quarantined: self.init(.quarantined, of: subject, "quarantined by the registry's operator" + reason)
    }
  }

  /// What a failed request says against a skill; nil when it says nothing.
  fileprivate init?(of subject: Subject, failing failure: MeshError) {
    let message = Message(failure.message, limit: .max)
    switch failure.code {
    case .integrityError: self.init(.changed, of: subject, message)
    case .quarantined: self.init(.quarantined, of: subject, message)
    case .gone: self.init(.withdrawn, of: subject, message)
    case .notFound: self.init(.unknownSkill, of: subject, message)
    default: return nil
    }
  }
}
