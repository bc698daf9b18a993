import ArgumentParser
import SkillInstaller
import Skills

/// `skills doctor`: what is wrong with what is installed, and fixing it.
struct Doctor: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Find what is wrong with the installed skills, and fix it with --fix.",
    discussion: """
      Looks for broken and missing links, copies that drifted apart, records that belong to nothing, duplicates, what \
      interrupted runs left, skills that an agent would ignore, and for files that do not agree. Asks no registry.

      --fix changes what agent-mesh made itself; folders that somebody wrote or edited are never touched. The exit \
      status is 0 when no error is left, else 1.
      """)

  @Argument(help: ProjectOptions.help, completion: .directory)
  var path: String?

  @Flag(help: "Fix what can be fixed.")
  var fix = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> DoctorReport {
    let targets = try targets(mesh)
    // It knows skills that somebody has copied by hand, too.
    let copies = targets.knownFolders.contains { Project.isFolder(targets.path(of: $0).string) }
    if !copies { try mesh.refuseNoProject(targets) }
    let diagnosis = Diagnosis(of: targets, mesh.userEnvironment)
    guard fix else { return DoctorReport(fixed: [], findings: try diagnosis.findings()) }
    let outcome = try await diagnosis.fix()
    for finding in outcome.fixed { mesh.talk.info("fixed: \(finding.path ?? ""): \(finding.message)") }
    return DoctorReport(fixed: outcome.fixed, findings: outcome.left)
  }

  /// The place, also when `skills.json` is what is wrong.
  private func targets(_ mesh: Mesh) throws -> InstallTargets {
    let base = try mesh.place(path, scope)
    do {
      return try mesh.targets(path, scope).targets
    } catch let error as MeshError where error.code != .usage {
      let known = (try? SkillInstaller.manifest(in: base))??.agents.filter { id in Agent.all.contains { $0.id == id } }
      return try base.choosing(known ?? [])
    }
  }
}

struct DoctorReport: Report {
  let success: Bool
  let fixed: [Finding]
  let findings: [Finding]

  /// Scripts depend on the keys `mended` and `ailments`, which stay whatever the properties are called.
  enum CodingKeys: String, CodingKey {
    case success
    case fixed = "mended"
    case findings = "ailments"
  }

  init(fixed: [Finding], findings: [Finding]) {
    (self.fixed, self.findings) = (fixed, findings)
    success = !findings.contains { $0.severity == .error }
  }

  var status: ExitStatus { success ? .success : .failure }

  func text(_ style: Style) -> Message {
    var lines = findings.map { $0.text(style) }
    let fixable = findings.count { $0.isFixable == true }
    if findings.isEmpty { lines.append(fixed.isEmpty ? "Nothing is wrong." : "Nothing is wrong any more.") }
    if fixable > 0 { lines.append("--fix fixes \(fixable) of \(findings.count).") }
    return lines.joined(separator: "\n")
  }
}
