import ArgumentParser
import SkillInstaller
import Skills

/// `skills doctor`: what is wrong with what is installed, and mending it.
struct Doctor: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Find what is wrong with the installed skills, and mend it with --fix.",
    discussion: """
      Looks for broken and missing links, copies that drifted apart, records that belong to nothing, duplicates, what \
      interrupted runs left, skills that an agent would ignore, and for files that do not agree. Asks no registry.

      --fix mends what agent-mesh made itself; folders that somebody wrote or edited are never touched. The exit \
      status is 0 when no error is left, else 1.
      """)

  @Argument(help: ProjectArgument.help, completion: .directory)
  var path: String?

  @Flag(help: "Mend what can be mended.")
  var fix = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> DoctorReport {
    let targets = try targets(mesh)
    guard fix else {
      return DoctorReport(mended: [], ailments: try SkillInstaller.diagnose(in: targets, mesh.userEnvironment))
    }
    let cure = try await SkillInstaller.mend(targets, mesh.userEnvironment)
    for ailment in cure.mended { mesh.talk.info("mended: \(ailment.place): \(ailment.message)") }
    return DoctorReport(mended: cure.mended, ailments: cure.left)
  }

  /// The place, also when `skills.json` is what ails it.
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
  let mended: [Ailment]
  let ailments: [Ailment]

  init(mended: [Ailment], ailments: [Ailment]) {
    self.mended = mended
    self.ailments = ailments
    success = !ailments.contains { $0.severity == .error }
  }

  var status: ExitStatus { success ? .success : .failure }

  func text(_ style: Style) -> String {
    var lines = ailments.map { Self.text($0, style) }
    let fixable = ailments.count(where: \.isMendable)
    if ailments.isEmpty { lines.append(mended.isEmpty ? "Nothing is wrong." : "Nothing is wrong any more.") }
    if fixable > 0 { lines.append("--fix mends \(fixable) of \(ailments.count).") }
    return lines.joined(separator: "\n")
  }

  private static func text(_ ailment: Ailment, _ style: Style) -> String {
    let severity =
      switch ailment.severity {
      case .error: style.red("error")
      case .warning: style.yellow("warning")
      case .note: style.faint("note")
      }
    let place = style.bold(TerminalText.escaped(ailment.place, limit: 300))
    let head = "\(place): \(severity): \(TerminalText.escaped(ailment.message, limit: 600))"
    let rest = [ailment.why, ailment.remedy].filter { !$0.isEmpty }
    return head + rest.map { "\n  " + style.faint(TerminalText.escaped($0, limit: 600)) }.joined()
  }
}
