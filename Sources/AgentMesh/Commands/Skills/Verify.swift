import ArgumentParser
import SkillInstaller
import Skills

/// `skills verify`: the disk against the lock.
struct Verify: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare what is on the disk with skills.lock.",
    discussion: """
      Reads every file of every locked skill, the links and copies of agents, and whether skills.json and skills.lock \
      agree. Without a lock the records in the folders are the measure. No network, and nothing changes.

      Exit status 0 when all is well, 7 otherwise. A skill that is in no lock is told of, and no failure.
      """)

  @Argument(help: ProjectArgument.help, completion: .directory)
  var path: String?

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> VerifyReport {
    let targets = try mesh.targets(path, scope).targets
    try mesh.refuseNoProject(targets)
    return VerifyReport(try SkillInstaller.verify(in: targets))
  }
}

struct VerifyReport: Report {
  private let found: Verification

  init(_ found: Verification) {
    self.found = found
  }

  enum CodingKeys: String, CodingKey {
    case success
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(found.isGood, forKey: .success)
    try found.encode(to: encoder)
  }

  var status: ExitStatus { found.isGood ? .success : .integrity }

  func text(_ style: Style) -> String {
    var lines: [String] = []
    for skill in found.skills {
      lines += skill.faults.map { "\(style.red("error")) \(style.bold(skill.shown)): \($0.sentence)" }
    }
    lines += found.disagreements.map { "\(style.red("error")) \(TerminalText.escaped($0))" }
    lines += found.strangers.map { stranger in
      let whose = stranger.reference.map { "\(TerminalText.escaped($0)), which" } ?? "a skill that"
      return "\(style.yellow("note")) '\(TerminalText.escaped(stranger.folder))' holds \(whose) is in no \(basis)"
    }
    return (lines + [verdict]).joined(separator: "\n")
  }

  private var basis: String { found.basis == .lock ? Lockfile.fileName : "record of agent-mesh" }

  private var verdict: String {
    let count = found.skills.count
    let skills = "\(count) skill\(count == 1 ? "" : "s")"
    if found.isGood {
      if count == 0 {
        return found.strangers.isEmpty ? "Nothing is installed here." : "agent-mesh has installed nothing here."
      }
      return found.basis == .lock
        ? "All is as \(Lockfile.fileName) says: \(skills)." : "All is as it was installed: \(skills)."
    }
    let bad = found.skills.count { !$0.faults.isEmpty }
    let state = bad == 0 ? "" : "\(bad) of \(skills) \(bad == 1 ? "is" : "are") not as \(measure). "
    return state + mend
  }

  /// Nothing but the hands that changed it can bring back what is read where its source is.
  private var mendInPlace: String {
    let names = found.skills.filter { !$0.faults.isEmpty }.map(\.folder)
    return "Restore the files, or accept them as they are: agent-mesh skills update \(names.joined(separator: " "))"
  }

  private var measure: String { found.basis == .lock ? "\(Lockfile.fileName) says" : "installed" }

  private var mend: String {
    if !found.disagreements.isEmpty { return "Settle what is wanted: agent-mesh skills install" }
    if found.skills.allSatisfy({ $0.faults.isEmpty || $0.isInPlace }) { return mendInPlace }
    return found.basis == .lock
      ? "Bring back what was locked: agent-mesh skills install --frozen --force"
      : "Bring one back: agent-mesh skills install <author/slug@version> --force"
  }
}

extension Verification.Skill {
  fileprivate var shown: String {
    TerminalText.escaped([reference, version].compactMap(\.self).joined(separator: "@"))
  }
}

extension Verification.Fault {
  fileprivate var sentence: String {
    let place = "'\(TerminalText.escaped(place))'"
    let found = TerminalText.escaped(found ?? "", limit: 300)
    switch kind {
    case .missing: return "\(place) is missing"
    case .edited: return "\(place) was edited: \(listing)"
    case .otherVersion: return "\(place) holds version \(found.isEmpty ? "of no number" : found)"
    case .otherContent: return "\(place) holds other content than was locked"
    case .otherSkill: return "\(place) holds another skill: \(found)"
    case .notOurs: return "\(place) is \(found.isEmpty ? "a folder" : found), and not what agent-mesh installed"
    case .unreadable: return "\(place) cannot be read: \(found)"
    case .linkMissing: return "the link \(place) is missing"
    case .linkBroken: return "the link \(place) leads nowhere: \(found)"
    case .linkElsewhere: return "the link \(place) leads elsewhere: \(found)"
    case .linkBlocked: return "in the place of the link \(place) is \(found)"
    case .copyDiffers: return "the copy \(place) differs\(paths.isEmpty ? "" : ": \(listing)")"
    }
  }

  private var listing: String {
    let shown = paths.prefix(8).map { TerminalText.escaped($0, limit: 120) }.joined(separator: ", ")
    return paths.count > 8 ? "\(shown) and \(paths.count - 8) more" : shown
  }
}
