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

      Exit status 0 when all is well, 7 otherwise. A skill that is in no lock is reported, and is no failure.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> VerifyReport {
    let targets = try mesh.targets(project.path, project.scope).targets
    try mesh.refuseNoProject(targets)
    return VerifyReport(found: try Verification(of: targets))
  }
}

struct VerifyReport: Report {
  let found: Verification

  func encode(to encoder: any Encoder) throws {
    try SuccessMember(success: found.isGood).encode(to: encoder)
    try found.encode(to: encoder)
  }

  var status: ExitStatus { found.isGood ? .success : .integrity }

  func text(_ style: Style) -> Message {
    var lines: [Message] = []
    for skill in found.skills {
      for var fault in skill.faults {
        fault.skill = Finding.Subject(folder: skill.folder, reference: skill.reference, version: skill.version)
        lines.append(fault.text(style))
      }
    }
    lines += found.disagreements.map {
      Finding(.disagreement, at: Lockfile.fileName, Message($0, limit: .max)).text(style)
    }
    lines += found.strangers.map { stranger -> Message in
      let whose = stranger.reference.map { "\($0), which" } ?? "a skill that"
      return "\(style.yellow("note")) '\(stranger.folder)' holds \(whose) is in no \(basis)"
    }
    return (lines + [verdict]).joined(separator: "\n")
  }

  private var basis: String { found.basis == .lock ? Lockfile.fileName : "record of agent-mesh" }

  private var verdict: Message {
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
    let state: Message = bad == 0 ? "" : "\(bad) of \(skills) \(bad == 1 ? "is" : "are") not as \(measure). "
    return state + remedy
  }

  /// Nothing but the hands that changed it can bring back what is read where its source is.
  private var remedyInPlace: Message {
    let names = found.skills.filter { !$0.faults.isEmpty }.map(\.folder)
    let listing = names.joined(separator: " ")
    return "Restore the files, or accept them as they are: agent-mesh skills update \(listing, limit: .max)"
  }

  private var measure: String { found.basis == .lock ? "\(Lockfile.fileName) says" : "installed" }

  private var remedy: Message {
    if !found.disagreements.isEmpty { return "Settle what is wanted: agent-mesh skills install" }
    if found.skills.allSatisfy({ $0.faults.isEmpty || $0.isInPlace }) { return remedyInPlace }
    return found.basis == .lock
      ? "Bring back what was locked: agent-mesh skills install --frozen --force"
      : "Bring one back: agent-mesh skills install <author/slug@version> --force"
  }
}
