import ArgumentParser
import RegistryAPI
import RegistryClient
import SkillArchive
import Skills

/// `skills publish`: check, pack, send.
struct Publish: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish a version of a skill.",
    discussion: """
      The version is the one in SKILL.md, or 1.0.0 when it names none. A published version never changes: publish a \
      higher one for every change. See: agent-mesh skills version
      """)

  @Argument(help: "The folder of the skill, or a packed archive. The current folder by default.", completion: .file())
  var path: String?

  @Option(help: "Publish under this name instead of the one in SKILL.md.")
  var name: String?

  @Option(help: "Publish as this version instead of the one in SKILL.md.")
  var version: String?

  @Option(help: "Publish as this organisation instead of yourself.")
  var owner: String?

  @Flag(inversion: .prefixedNo, help: "Let only yourself, or your organisation, see and install the skill.")
  var `private`: Bool?

  @Flag(help: "Read a SKILL.md from stdin and publish it alone.")
  var stdin = false

  @Flag(help: "Show what would be published and asked, and send nothing.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Publish below the newest version without being asked.")
  var yes = false

  @Flag(help: "Allow only what every agent accepts.")
  var portable = false

  @OptionGroup var secrets: SecretOptions

  @Flag(help: "Publish although SKILL.md names files that are left out.")
  var allowLeftOut = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if stdin, path != nil { throw ValidationError("--stdin and a folder exclude each other") }
  }

  func run(in mesh: Mesh) async throws -> PublishReport {
    if !dryRun { mesh.transport.prepare() }
    if stdin, mesh.canAsk { mesh.talk.info("Type the SKILL.md, then Ctrl-D.") }
    let upload = try Upload(self)
    if `private` == false, upload.document.isPrivate {
      throw MeshError(
        .validationError, "--no-private contradicts SKILL.md, which says that the skill is private",
        hint: "To show it to everybody, remove what SKILL.md says of it.")
    }
    let findings = try upload.check(portable: portable, name: name)
    for finding in findings where finding.severity != .note { mesh.talk.show(finding.text(mesh.talk.style)) }
    mesh.tell(leftOut: upload.leftOut)
    let metadata = PublishMetadata(
      name: try name.map { try SkillSlug(parsing: $0).rawValue },
      version: try version.map { try SemanticVersion(parsing: $0).description }, isPrivate: `private`,
      owner: try owner.map { try AuthorName(parsing: $0).rawValue })
    if !allowLeftOut { try mesh.confirmLeftOut(findings, dryRun: dryRun) }
    if dryRun { return PublishReport(dryRunOf: upload, metadata) }
    let client = try mesh.registry(registry)
    guard client.hasToken else { throw Mesh.notLoggedIn(to: client.address) }
    if !yes { try await confirmOlder(upload, metadata, client, mesh) }
    let what = [metadata.name ?? upload.document.name, metadata.version ?? upload.document.version]
    mesh.progress.show("sending \(what.compactMap(\.self).joined(separator: "@")), \(ByteCount.text(upload.size))")
    let answer = try await client.publish(upload.package, metadata: metadata)
    return PublishReport(answer, of: upload, registry: client.address)
  }

  /// Asks before a version goes out below the newest: nobody who asks for no version in particular would get it.
  private func confirmOlder(
    _ upload: Upload, _ metadata: PublishMetadata, _ client: RegistryClient, _ mesh: Mesh
  ) async throws {
    let own = try metadata.version.map { try SemanticVersion(parsing: $0) } ?? upload.document.effectiveVersion()
    let slug = metadata.name ?? upload.document.name
    let skills = try await client.ownSkills()
    let known = metadata.owner.map { owner in skills.authorized.filter { $0.author == owner } } ?? skills.owned
    let newest = known.first { $0.slug == slug }?.version
    guard let newest, let number = try? SemanticVersion(parsing: newest), own < number else { return }
    let what: Message = "\(own) is below \(number), the newest version of \(slug ?? "it")"
    let next = try VersionBump.patch.applied(to: number)
    try mesh.confirm(
      "\(what). Publish it?", needed: "\(what): nobody who asks for the newest gets it",
      hint: "Confirm with --yes, or raise it: agent-mesh skills version \(next)", declined: "nothing was published")
  }
}

/// What is about to be published.
struct Upload {
  let package: RegistryClient.Package
  let document: SkillDocument
  let files: [String]
  let leftOut: [LeftOut]
  let size: Int
  private let folderName: String?
  private let leftOutFindings: [Finding]

  init(_ command: Publish) throws {
    let skill =
      try command.stdin
      ? LocalSkill(skillMarkdown: MainFile.bytesOfStandardInput()) : LocalSkill(packing: command.path ?? ".")
    files = skill.files.map(\.string)
    leftOut = skill.leftOut
    leftOutFindings = skill.leftOutFindings
    folderName = skill.folderName
    if command.stdin {
      try skill.check(allowing: command.secrets.allowSecret)
      let bytes = skill.document.bytes
      (document, package, size) = (skill.document, .skillMarkdown(bytes), bytes.count)
    } else {
      let packed = try skill.packed(allowing: command.secrets.allowSecret)
      document = try SkillDocument(reading: packed.skillMarkdown)
      let filename = "\(SkillSlug(deriving: document.name ?? "skill")?.rawValue ?? "skill").tar.gz"
      (package, size) = (.archive(packed.bytes, filename: filename), packed.bytes.count)
    }
  }

  /// The findings that do not stand in the way.
  ///
  /// - Throws: `validationError` with all of them when one does.
  func check(portable: Bool, name: String?) throws -> [Finding] {
    let context = Validation.Context(folderName: folderName, profile: portable ? .portable : .publish)
    let checked = try name.map { try document.settingName(SkillSlug(parsing: $0)) } ?? document
    let findings =
      Validation.findings(for: checked, in: context) + leftOutFindings + SkillCheck.leftOvers(in: checked)
    guard Validation.refusesPublishing(findings) else { return findings }
    throw MeshError(
      .validationError, "this skill cannot be published as it is", hint: "Fix the errors above and try again.",
      findings: findings)
  }
}

struct PublishReport: Report {
  let success = true
  let action: String
  let reference: String?
  let version: String?
  let skill: SkillSummary?
  let digest: Digest?
  let treeDigest: TreeDigest?
  let url: String?
  let files: [String]?
  let size: Int?
  let skipped: [PackReport.SkippedFile]

  init(dryRunOf upload: Upload, _ metadata: PublishMetadata) {
    action = "dry_run"
    reference = metadata.name ?? upload.document.name
    version = metadata.version ?? (try? upload.document.effectiveVersion())?.description
    (skill, digest, treeDigest, url) = (nil, nil, nil, nil)
    files = upload.files
    size = upload.size
    skipped = PackReport.skipped(upload.leftOut)
  }

  init(_ answer: PublishResponse, of upload: Upload, registry: RegistryAddress) {
    action = answer.action.rawValue
    reference = "\(answer.skill.author)/\(answer.skill.slug)"
    version = answer.version
    skill = answer.skill
    digest = answer.digest
    treeDigest = answer.treeDigest
    url = registry.text + answer.url
    (files, size) = (nil, nil)
    skipped = PackReport.skipped(upload.leftOut)
  }

  var isAction: Bool { action != "dry_run" }

  func text(_ style: Style) -> Message {
    let what = style.bold("\(reference ?? "?")@\(version ?? "?")")
    switch action {
    case "dry_run":
      let list = (files ?? []).map { "  " + Message($0) }.joined(separator: "\n")
      return "\(list)\n\(what) would be published with \(ByteCount.text(size ?? 0)); nothing was sent."
    case "unchanged": return "\(what) is published already, with the same files."
    default:
      return "Published \(what)\(skill?.isPrivate == true ? " (private)" : "").\n  \(url ?? "", limit: .max)"
    }
  }
}

extension Mesh {
  /// Asks about files that SKILL.md names and nobody gets.
  ///
  /// A dry run tells the question, and where nobody can be asked ends as publishing would: a pipeline that tries first
  /// learns it then.
  ///
  /// - Throws: `confirmationNeeded` where nobody can be asked; `declined`.
  fileprivate func confirmLeftOut(_ findings: [Finding], dryRun: Bool) throws {
    let missed = findings.filter { $0.rule == .namedFileLeftOut }.map(\.file)
    guard !missed.isEmpty else { return }
    let what: Message = "SKILL.md names what is left out: \(missed.prefix(5).joined(separator: ", "), limit: 500)"
    let question: Message = "\(what). Publish without it?"
    if dryRun, canAsk { return talk.info("publishing would ask: \(question)") }
    try confirm(
      question, needed: what,
      hint: "Keep it as the warnings say, or publish without it: --allow-left-out", declined: "nothing was published")
  }
}
