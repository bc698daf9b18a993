import RegistryAPI
import Skills

extension SkillInstaller {
  /// Looks at every skill of this place: what its registry says of its version, and what its files hold.
  ///
  /// A registry that does not answer does not keep the files from being looked at.
  package func audit() async throws -> Audit {
    let state = try ProjectState(targets)
    let skills = state.known.skills
    let answers = try await indexes(of: skills)
    var audit = Audit(count: skills.count, notices: [], unchecked: [])
    for skill in skills {
      try Task.checkCancellation()
      var notices: [Audit.Notice] = []
      if let lock = state.lock, lock[skill.folder] == nil {
        notices.append(Audit.Notice(.unlocked, .note, of: .init(skill), "it is installed here and in no lock"))
      }
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
      audit.add(notices, of: skill, state.manifest)
    }
    for stranger in strangers(state) {
      audit.count += 1
      audit.add(
        [Audit.Notice(.unlocked, .note, of: stranger, "agent-mesh did not install it")] + notices(inFilesOf: stranger))
    }
    return audit
  }

  /// Skills that nobody has locked and that bear no record of ours, where agents read them all the same.
  private func strangers(_ state: ProjectState) -> [Audit.Subject] {
    let known = Set(state.known.skills.map(\.folder.rawValue))
    return state.installed.filter { $0.mark == nil && !known.contains($0.slug) }.map {
      Audit.Subject(folder: $0.slug, reference: $0.slug, version: $0.version)
    }
  }

  private func notices(inFilesOf stranger: Audit.Subject) -> [Audit.Notice] {
    do throws(MeshError) {
      guard let contents = try Self.contents(ofFolder: stranger.folder, in: targets) else { return [] }
      return try FileAudit(stranger, contents).notices()
    } catch {
      return [Audit.Notice(.unreadable, .warning, of: stranger, error.message)]
    }
  }

  // MARK: - Registries

  /// What the entry of a version in the index says; nil when it is not listed.
  private static func notices(of skill: LockedSkill, _ entry: IndexDocument.Version?) throws(MeshError) -> [Audit
    .Notice]
  {
    guard let entry else {
      return [
        Audit.Notice(
          .changed, .error, of: .init(skill), "its registry does not list this version, which it never forgets")
      ]
    }
    guard entry.digest == skill.digest, entry.treeDigest == skill.treeDigest else {
      return [Audit.Notice(.changed, .error, of: .init(skill), "its registry has other content under this version")]
    }
    let reason = entry.reason.map { ": \($0)" } ?? ""
    switch entry.status {
    case .published: return []
    case .yanked: return [Audit.Notice(.yanked, .warning, of: .init(skill), "yanked by its author" + reason)]
    case .withdrawn: return [Audit.Notice(.withdrawn, .error, of: .init(skill), "withdrawn by its author" + reason)]
    case .quarantined:
      return [
        Audit.Notice(.quarantined, .error, of: .init(skill), "taken out of reach by the registry's operator" + reason)
      ]
    }
  }

  /// What a failed question says against a skill; nil when it says nothing.
  private static func notice(of skill: LockedSkill, _ failure: MeshError) -> Audit.Notice? {
    switch failure.code {
    case .integrityError: Audit.Notice(.changed, .error, of: .init(skill), failure.message)
    case .quarantined: Audit.Notice(.quarantined, .error, of: .init(skill), failure.message)
    case .gone: Audit.Notice(.withdrawn, .error, of: .init(skill), failure.message)
    case .notFound: Audit.Notice(.unknownSkill, .warning, of: .init(skill), failure.message)
    default: nil
    }
  }

  // MARK: - Files

  private func notices(inFilesOf skill: LockedSkill) -> [Audit.Notice] {
    do throws(MeshError) {
      guard let contents = try Self.contents(of: skill, in: targets) else {
        return [
          Audit.Notice(.missing, .note, of: .init(skill), "it is not installed here, so its files were not looked at")
        ]
      }
      return try FileAudit(.init(skill), contents).notices()
    } catch {
      return [Audit.Notice(.unreadable, .warning, of: .init(skill), error.message)]
    }
  }
}

/// Looks through the files of one skill.
private struct FileAudit {
  private let skill: Audit.Subject
  private let contents: InstalledContents

  init(_ skill: Audit.Subject, _ contents: InstalledContents) {
    self.skill = skill
    self.contents = contents
  }

  func notices() throws(MeshError) -> [Audit.Notice] {
    let main = try contents.manifest[.skillMarkdown].flatMap { entry throws(MeshError) in try bytes(of: entry) }
    var review = RiskReview(of: main.flatMap { try? SkillDocument(reading: $0) })
    for entry in contents.manifest.entries {
      review.look(at: entry, try bytes(of: entry))
    }
    let notices = review.unreadable.map(notice) + (main.map(hidden) ?? []) + review.sightings.map(notice)
    let unscanned = review.unscanned
    guard !unscanned.isEmpty else { return notices }
    let names = unscanned.prefix(5).joined(separator: ", ") + (unscanned.count > 5 ? ", …" : "")
    return notices + [
      Audit.Notice(
        .unscanned, .note, of: skill, "looked through and not understood, being no text, or too long: \(names)")
    ]
  }

  /// Nil for a file that is too long to be looked through.
  private func bytes(of entry: FileManifest.Entry) throws(MeshError) -> [UInt8]? {
    entry.size <= KnownRisk.maximumBytes ? try contents.bytes(of: entry) : nil
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

extension ProjectState {
  /// What was resolved, and what is installed beside that.
  var known: Lockfile { Lockfile(recorded.skills + (lock?.skills ?? [])) }
}

extension SkillInstaller {
  /// What is installed: everything that is locked, and what the records in the folders say beside that.
  package static func known(in targets: InstallTargets) throws(MeshError) -> Lockfile {
    try ProjectState(targets).known
  }
}
