import ArgumentParser
import SkillInstaller
import Skills

/// `skills audit`: what is to be said against what is installed.
struct AuditSkills: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Look for yanked, withdrawn and quarantined versions, and for known risks in the installed files.",
    discussion: """
      From the registry: yanked versions (warnings), withdrawn and quarantined ones and those with other content there \
      than here (errors). From the files, also of skills that nobody locked: what looks like things that \
      malicious skills do, and hidden characters, with file and line. That is \(KnownRisk.label): a skill that warns of a command shows it, too.

      What you have looked at and let stand is written into skills.json with a reason, and does not fail --strict again:

        agent-mesh skills audit --accept download-to-shell --reason "the address is ours" acme/reviewer

      Exit status 0 when there is no error, 1 when there is one, with --strict also for a warning; 6 when a registry \
      could not be asked, whatever else was found.
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of the project; without it this one, or the nearest above that is one. With --accept before it the "
        + "skills that are meant; without any all of them.", valueName: "project"),
    completion: .custom(Completions.installedAndFolders))
  var words: [String] = []

  @Option(help: ArgumentHelp("Let a finding stand, in the skills that are named.", valueName: "rule"))
  var accept: String?

  @Option(help: "Why it may stand.")
  var reason: String?

  @Flag(help: "Fail for warnings, too.")
  var strict = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (accept == nil) != (reason == nil) { throw ValidationError("--accept and --reason go together") }
    if accept == nil, words.count > 1 { throw ValidationError("one project at a time is audited") }
  }

  func run(in mesh: Mesh) async throws -> AuditReport {
    let (names, path) =
      accept == nil ? ([], words.first) : try Project.splitInstalled(words) { try mesh.isHere($0, scope) }
    mesh.prepare(network)
    let place = try mesh.workplace(path, scope, network)
    try mesh.refuseNoProject(place.targets)
    let audit = try await Audit(of: place.installer)
    guard let accept, let reason else { return AuditReport(audit: audit, isStrict: strict) }
    let folders = try mesh.folders(named: names, in: place.targets)
    let (entries, rest) = try await FindingAcceptance(of: accept, because: reason, in: folders, place.targets)
      .perform(on: audit)
    for entry in entries {
      let file = entry.file.map { " in \($0)" } ?? ""
      mesh.talk.info("accepted: \(entry.rule) of \(entry.skill)\(file)")
    }
    return AuditReport(audit: rest, isStrict: strict)
  }
}

struct AuditReport: Report {
  let audit: Audit
  let isStrict: Bool

  enum CodingKeys: String, CodingKey {
    case success, label, count, notices, accepted, unchecked
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status == .success, forKey: .success)
    try container.encode("known-risk: \(KnownRisk.label)", forKey: .label)
    try container.encode(audit.count, forKey: .count)
    try container.encode(audit.findings, forKey: .notices)
    try container.encode(audit.accepted, forKey: .accepted)
    try container.encode(audit.unchecked, forKey: .unchecked)
  }

  var status: ExitStatus {
    if let failure = audit.failure { return failure.exitStatus }
    return audit.has(isStrict ? .warning : .error) ? .failure : .success
  }

  func text(_ style: Style) -> Message {
    var lines = audit.findings.map { $0.text(style) }
    lines += audit.unchecked.map {
      "\(style.red("not asked")) \(style.bold(Message($0.reference))): \($0.message, limit: .max)"
    }
    return (lines + [summary]).joined(separator: "\n")
  }

  private var summary: Message {
    let skills = "\(audit.count) skill\(audit.count == 1 ? "" : "s")"
    if audit.count == 0 { return "Nothing is installed here." }
    let counts = [Severity.error, .warning].compactMap { severity -> String? in
      let count = audit.findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    let found = counts.isEmpty ? "nothing found" : counts.joined(separator: " and ")
    let evidence = audit.findings.contains { $0.risk != nil } ? " What is seen in files is \(KnownRisk.label)." : ""
    let accepted = audit.accepted.isEmpty ? "" : ", \(audit.accepted.count) accepted"
    let gap = audit.unchecked.isEmpty ? "" : "; the registry could not be asked about \(audit.unchecked.count)"
    return "\(skills) looked at: \(found)\(accepted)\(gap).\(evidence)"
  }
}
