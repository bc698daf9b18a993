import Foundation
import SkillArchive
import Skills
import SystemPackage

/// What a check of one path found.
struct CheckedSkill: Encodable, Sendable {
  var path: String
  var name: String?
  var version: String?
  /// Whether the registry would take it.
  var valid: Bool
  var findings: [Finding]
}

/// A skill on this machine: a folder, an archive or a SKILL.md alone.
enum LocalSkill {
  /// Every finding; what cannot be read at all is a finding, too.
  ///
  /// - Parameter secrets: Files that may look like they hold secrets.
  static func check(
    _ path: String, profile: Validation.Profile, allowing secrets: Set<SkillPath> = []
  ) -> CheckedSkill {
    do {
      let (document, context) = try read(path, profile: profile)
      let packing = profile == .lenient ? [] : packing(path, allowing: secrets) + leftOvers(in: document)
      let findings = (Validation.findings(for: document, in: context) + packing).map { $0.located(under: path) }
      return CheckedSkill(
        path: path, name: document.name, version: document.version,
        valid: !Validation.refusesPublishing(findings), findings: findings)
    } catch {
      return CheckedSkill(path: path, name: nil, version: nil, valid: false, findings: [unreadable(path, error)])
    }
  }

  private static func unreadable(_ path: String, _ error: any Error) -> Finding {
    if let refusal = error as? DocumentRefusal {
      return refusal.finding(in: (try? MainFile.find(in: path))?.name ?? "SKILL.md").located(under: path)
    }
    let failure = MeshError(error, else: .unknown)
    if failure.code == .archiveRefused {
      return Finding(
        .archiveRule, .error, file: path, message: failure.message,
        remedy: "Pack the skill again with: agent-mesh skills pack; schemas/skill-tar.md states the rules")
    }
    let rule: Finding.Rule = .mainFileMissing
    return Finding(
      rule, .error, file: path, message: failure.message,
      remedy: failure.hint ?? "Name a folder with a SKILL.md, or an archive")
  }

  /// What packing would refuse: names, sizes, secrets.
  ///
  /// Reading what others wrote asks for none of it.
  private static func packing(_ path: String, allowing allowed: Set<SkillPath>) -> [Finding] {
    do {
      guard Project.isFolder(path) else { return findings(in: try secrets(in: path), allowing: allowed) }
      let plan = try PackPlan(folder: FilePath(path))
      return try refusals(of: plan).map(\.finding) + findings(in: plan.secrets, allowing: allowed)
    } catch {
      let message = MeshError(error, else: .unknown).message
      return [Finding(.archiveRule, .error, file: "", message: message, remedy: "Fix that and check again")]
    }
  }

  private static func findings(in secrets: [SecretFinding], allowing allowed: Set<SkillPath>) -> [Finding] {
    secrets.filter { !allowed.contains($0.path) }.map(\.finding)
  }

  /// What the plan refuses, or what the finished archive would be refused for: only packing tells its size.
  private static func refusals(of plan: PackPlan) throws(PackError) -> [ArchiveRefusal] {
    guard plan.refusals.isEmpty else { return plan.refusals }
    do throws(PackError) {
      _ = try SkillPacker.pack(plan.allowingSecrets())
      return []
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      return [refusal]
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

  private static func secrets(in path: String) throws -> [SecretFinding] {
    if isMarkdown(path) { return try SecretScanner.findings(in: MainFile.bytes(at: path), path: .skillMarkdown) }
    return secrets(in: try ArchiveContents(.file(FilePath(path))).files)
  }

  private static func secrets(in files: [SkillPath: [UInt8]]) -> [SecretFinding] {
    files.sorted { $0.key < $1.key }.flatMap { SecretScanner.findings(in: $0.value, path: $0.key) }
  }

  /// - Parameter words: Paths of files that may look like they hold secrets.
  /// - Throws: `PackError.secrets` for any others.
  static func refuseSecrets(in files: [SkillPath: [UInt8]], allowing words: [String]) throws {
    let allowed = Set(try words.map(allowed))
    for path in allowed where files[path] == nil { throw unknown(path) }
    let found = secrets(in: files).filter { !allowed.contains($0.path) }
    guard found.isEmpty else { throw PackError.secrets(found) }
  }

  private static func unknown(_ secret: SkillPath) -> MeshError {
    MeshError(.usage, "--allow-secret names '\(secret)', which is not a file of this skill")
  }

  private static func isMarkdown(_ path: String) -> Bool { path.lowercased().hasSuffix(".md") }

  /// The plan for packing a folder.
  ///
  /// - Throws: `noFiles` when there is no SKILL.md in it; `validationError` with everything in it that no archive may
  ///   hold.
  static func plan(_ path: String, allowing secrets: [String] = [], excluding output: String? = nil) throws -> PackPlan
  {
    guard FileManager.default.fileExists(atPath: path) else {
      throw MeshError(.noFiles, "'\(path)' does not exist", hint: "Name the folder of a skill.")
    }
    var options = PackOptions()
    options.allowedSecrets = Set(try secrets.map(allowed))
    options.excluding = output.map { FilePath($0) }
    let plan = try PackPlan(folder: FilePath(path), options: options)
    for secret in options.allowedSecrets where !plan.files.contains(where: { $0.path == secret }) {
      throw unknown(secret)
    }
    guard let refusal = plan.refusals.first else { return plan }
    var failure = MeshError(PackError.refused(refusal), else: .unknown)
    failure.findings = plan.refusals.map(\.finding)
    throw failure
  }

  /// A path as `--allow-secret` has it.
  static func allowed(_ text: String) throws -> SkillPath {
    do {
      return try SkillPath(parsing: text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    } catch {
      throw MeshError(.usage, "--allow-secret takes the path of a file in the skill: \(error)")
    }
  }

  private static func read(
    _ path: String, profile: Validation.Profile
  ) throws -> (SkillDocument, Validation.Context) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw MeshError(.noFiles, "'\(path)' does not exist")
    }
    if isFolder.boolValue { return try readFolder(path, profile: profile) }
    if isMarkdown(path) {
      return (try SkillDocument(reading: MainFile.bytes(at: path)), Validation.Context(profile: profile))
    }
    let inspected = try ArchiveInspector.inspect(.file(FilePath(path)), limits: ArchiveLimits())
    let context = Validation.Context(manifest: inspected.manifest, profile: profile)
    return (try SkillDocument(reading: inspected.skillMarkdown), context)
  }

  private static func readFolder(
    _ path: String, profile: Validation.Profile
  ) throws -> (SkillDocument, Validation.Context) {
    let main = try MainFile.find(in: path)
    let folder = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    return (try main.document(), Validation.Context(folderName: folder, profile: profile))
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

extension ArchiveRefusal {
  /// As a finding in a folder that is to be packed; without a file when all of it is at fault.
  fileprivate var finding: Finding {
    Finding(
      .archiveRule, .error, file: entry ?? "", message: "\(message) [\(rule.rawValue)]", remedy: rule.remedy)
  }
}
