import SkillArchive
import Skills

/// What a check of one path found.
struct SkillCheck: Encodable, Sendable {
  let path: String
  let name: String?
  let version: String?
  /// Whether the registry would take it.
  let valid: Bool
  let findings: [Finding]

  /// Every finding; what cannot be read at all is a finding, too.
  ///
  /// - Parameter allowed: Files that may look like they hold secrets.
  init(of path: String, profile: Validation.Profile, allowing allowed: Set<SkillPath> = []) {
    self.path = path
    do {
      let skill = try LocalSkill(reading: path)
      let context = Validation.Context(folderName: skill.folderName, profile: profile)
      // Reading what others wrote asks for nothing that packing does.
      let packing =
        profile == .lenient
        ? [] : Self.packing(skill, allowing: allowed) + skill.leftOutFindings + Self.leftOvers(in: skill.document)
      findings = (Validation.findings(for: skill.document, in: context) + packing).map { $0.located(under: path) }
      (name, version) = (skill.document.name, skill.document.version)
      valid = !Validation.refusesPublishing(findings)
    } catch {
      (name, version, valid, findings) = (nil, nil, false, [Self.unreadable(path, error)])
    }
  }

  /// What nobody has changed since `init` wrote it.
  static func leftOvers(in document: SkillDocument) -> [Finding] {
    guard document.description == Init.placeholder else { return [] }
    return [
      Finding(
        .descriptionMissing, .warning, file: "SKILL.md", message: "the description is that of the template",
        remedy: "Say what the skill does and when an agent should use it")
    ]
  }

  /// What packing would refuse: names, sizes, secrets.
  private static func packing(_ skill: LocalSkill, allowing allowed: Set<SkillPath>) -> [Finding] {
    do {
      let secrets = skill.secrets.filter { !allowed.contains($0.path) }
      return try skill.refusals.map(\.finding) + secrets.map(\.finding)
    } catch {
      let message = Message(MeshError(error, else: .unknown).message, limit: .max)
      return [Finding(.archiveRule, .error, file: "", message: message, remedy: "Fix that and check again")]
    }
  }

  private static func unreadable(_ path: String, _ error: any Error) -> Finding {
    if let refusal = error as? DocumentRefusal {
      return refusal.finding(in: (try? MainFile.find(in: path))?.name ?? "SKILL.md").located(under: path)
    }
    let failure = MeshError(error, else: .unknown)
    let message = Message(failure.message, limit: .max)
    if failure.code == .archiveRefused {
      return Finding(
        .archiveRule, .error, file: path, message: message,
        remedy: "schemas/skill-tar.md states the rules. Pack the skill again with: agent-mesh skills pack")
    }
    return Finding(
      .mainFileMissing, .error, file: path, message: message,
      remedy: failure.hint.map { Message($0, limit: .max) } ?? "Name a folder with a SKILL.md, or an archive")
  }
}

extension Finding {
  /// With the path as the user wrote it in front of the file.
  fileprivate func located(under path: String) -> Finding {
    var finding = self
    if file.isEmpty || path.lowercased().hasSuffix(".md") {
      finding.file = path
    } else if path != "." {
      finding.file = path.hasSuffix("/") ? path + file : "\(path)/\(file)"
    }
    return finding
  }
}
