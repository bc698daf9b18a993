import RegistryAPI
import Skills

extension SkillInstaller {
  /// Looks at every skill of this place: what its registry says of its version, and what its files hold.
  ///
  /// A registry that does not answer does not keep the files from being looked at.
  package func audit() async throws -> Audit {
    let skills = try ProjectState(targets).former.skills
    let answers = try await indexes(of: skills)
    var audit = Audit(count: skills.count, notices: [], unchecked: [])
    for skill in skills {
      try Task.checkCancellation()
      var notices: [Audit.Notice] = []
      do throws(MeshError) {
        if let name = skill.name, let number = skill.number, let answer = answers[name] {
          notices += try Self.notices(of: skill, try answer.get().entry(of: number))
        }
      } catch {
        if let notice = Self.notice(of: skill, error) {
          notices.append(notice)
        } else {
          audit.failure = audit.failure ?? error.code
          audit.unchecked.append(
            Audit.Unchecked(
              folder: skill.folder.rawValue, reference: skill.reference, error: error.wireCode, message: error.message))
        }
      }
      notices += self.notices(inFilesOf: skill)
      audit.notices += Severity.allCases.reversed().flatMap { severity in notices.filter { $0.severity == severity } }
    }
    return audit
  }

  // MARK: - Registries

  /// What the entry of a version in the index says; nil when it is not listed.
  private static func notices(of skill: LockedSkill, _ entry: IndexDocument.Version?) throws(MeshError) -> [Audit
    .Notice]
  {
    guard let entry else {
      return [
        Audit.Notice(.changed, .error, of: skill, "its registry does not list this version, which it never forgets")
      ]
    }
    guard entry.digest == skill.digest, entry.treeDigest == skill.treeDigest else {
      return [Audit.Notice(.changed, .error, of: skill, "its registry has other content under this version")]
    }
    let reason = entry.reason.map { ": \($0)" } ?? ""
    switch entry.status {
    case .published: return []
    case .yanked: return [Audit.Notice(.yanked, .warning, of: skill, "yanked by its author" + reason)]
    case .withdrawn: return [Audit.Notice(.withdrawn, .warning, of: skill, "withdrawn by its author" + reason)]
    case .quarantined:
      return [Audit.Notice(.quarantined, .error, of: skill, "taken out of reach by the registry's operator" + reason)]
    }
  }

  /// What a failed question says against a skill; nil when it says nothing.
  private static func notice(of skill: LockedSkill, _ failure: MeshError) -> Audit.Notice? {
    switch failure.code {
    case .integrityError: Audit.Notice(.changed, .error, of: skill, failure.message)
    case .quarantined: Audit.Notice(.quarantined, .error, of: skill, failure.message)
    case .gone: Audit.Notice(.withdrawn, .warning, of: skill, failure.message)
    case .notFound: Audit.Notice(.unknownSkill, .warning, of: skill, failure.message)
    default: nil
    }
  }

  // MARK: - Files

  private func notices(inFilesOf skill: LockedSkill) -> [Audit.Notice] {
    do throws(MeshError) {
      guard let contents = try Self.contents(of: skill, in: targets) else {
        return [Audit.Notice(.missing, .note, of: skill, "it is not installed here, so its files were not looked at")]
      }
      return try FileAudit(skill, contents).notices()
    } catch {
      return [Audit.Notice(.unreadable, .warning, of: skill, error.message)]
    }
  }
}

/// Looks through the files of one skill.
private struct FileAudit {
  private let skill: LockedSkill
  private let contents: InstalledContents
  private let scanner = RiskScanner()

  init(_ skill: LockedSkill, _ contents: InstalledContents) {
    self.skill = skill
    self.contents = contents
  }

  func notices() throws(MeshError) -> [Audit.Notice] {
    var notices: [Audit.Notice] = []
    var unscanned: [String] = []
    for entry in contents.manifest.entries {
      guard entry.size <= KnownRisk.maximumBytes, let bytes = try contents.bytes(of: entry), Self.isText(bytes) else {
        unscanned.append(entry.path.string)
        continue
      }
      notices += scanner.sightings(in: bytes, file: entry.path.string).map(notice)
      if entry.path == .skillMarkdown { notices += hidden(in: bytes) }
    }
    guard !unscanned.isEmpty else { return notices }
    let names = unscanned.prefix(5).joined(separator: ", ") + (unscanned.count > 5 ? ", …" : "")
    return notices + [
      Audit.Notice(.unscanned, .note, of: skill, "not looked through, being binary or long: \(names)")
    ]
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  private func notice(_ risk: KnownRisk) -> Audit.Notice {
    var notice = Audit.Notice(.knownRisk, .warning, of: skill, risk.message)
    notice.risk = risk.rule.rawValue
    (notice.file, notice.line, notice.excerpt) = (risk.file, risk.line, risk.excerpt)
    return notice
  }

  /// Tag characters are among the known risks of every file; here are the others.
  private func hidden(in bytes: [UInt8]) -> [Audit.Notice] {
    let document: SkillDocument
    do {
      document = try SkillDocument(reading: bytes)
    } catch {
      var notice = Audit.Notice(.unreadable, .warning, of: skill, "no agent can read it: \(error)")
      notice.file = SkillPath.skillMarkdown.string
      return [notice]
    }
    let findings = Validation.findings(for: document, in: Validation.Context(profile: .lenient))
    return findings.filter { $0.rule == .invisibleCharacters }.map { finding in
      var notice = Audit.Notice(.hiddenCharacters, .warning, of: skill, finding.message)
      (notice.file, notice.line) = (SkillPath.skillMarkdown.string, finding.line)
      return notice
    }
  }
}
