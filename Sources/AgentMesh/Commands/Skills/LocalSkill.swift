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
  static func check(_ path: String, profile: Validation.Profile) -> CheckedSkill {
    do {
      let (document, context) = try read(path, profile: profile)
      let about = Validation.findings(for: document, in: context) + packing(path, profile: profile)
      let findings = about.map { $0.located(under: path) }
      return CheckedSkill(
        path: path, name: document.name, version: document.version,
        valid: !Validation.refusesPublishing(findings), findings: findings)
    } catch {
      return CheckedSkill(path: path, name: nil, version: nil, valid: false, findings: [unreadable(path, error)])
    }
  }

  private static func unreadable(_ path: String, _ error: any Error) -> Finding {
    if let refusal = error as? DocumentRefusal { return refusal.finding(in: "SKILL.md").located(under: path) }
    let failure = Mesh.failure(error)
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

  /// What packing a folder would refuse: names, sizes, secrets.
  ///
  /// Reading what others wrote asks for none of it.
  private static func packing(_ path: String, profile: Validation.Profile) -> [Finding] {
    var isFolder: ObjCBool = false
    guard profile != .lenient, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [] }
    do {
      return try plan(path).secrets.map(\.finding)
    } catch {
      let message = Mesh.failure(error).message
      return [
        Finding(.archiveRule, .error, file: "", message: message, remedy: "Rename it, or list it in .skillignore")
      ]
    }
  }

  /// The plan for packing a folder.
  ///
  /// - Throws: `noFiles` when there is no SKILL.md in it.
  static func plan(_ path: String, allowing secrets: [String] = [], excluding output: String? = nil) throws -> PackPlan
  {
    guard FileManager.default.fileExists(atPath: path) else {
      throw MeshError(.noFiles, "there is no '\(TerminalText.escaped(path))'", hint: "Name the folder of a skill.")
    }
    var options = PackOptions()
    options.allowedSecrets = Set(try secrets.map(allowed))
    options.excluding = output.map { FilePath($0) }
    let plan = try PackPlan(folder: FilePath(path), options: options)
    for secret in options.allowedSecrets where !plan.files.contains(where: { $0.path == secret }) {
      throw MeshError(.usage, "--allow-secret names '\(secret)', which is no file of this skill")
    }
    return plan
  }

  private static func allowed(_ text: String) throws -> SkillPath {
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
      throw MeshError(.noFiles, "there is no '\(TerminalText.escaped(path))'")
    }
    if isFolder.boolValue { return try readFolder(path, profile: profile) }
    if path.lowercased().hasSuffix(".md") {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw MeshError(.noFiles, "'\(TerminalText.escaped(path))' cannot be read")
      }
      return (try SkillDocument(reading: MainFile.bytes(of: handle)), Validation.Context(profile: profile))
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
    return (try SkillDocument(reading: main.bytes), Validation.Context(folderName: folder, profile: profile))
  }
}

extension Finding {
  /// With the path as the user wrote it in front of the file.
  fileprivate func located(under path: String) -> Finding {
    var finding = self
    if path.lowercased().hasSuffix(".md") {
      finding.file = path
    } else if path != "." {
      finding.file = path.hasSuffix("/") ? path + file : "\(path)/\(file)"
    }
    return finding
  }
}
