import FoundationSubset
import Skills

/// What a change lets a skill do: everything of one that is new, else what the version that is there could not do.
package struct SkillReview: Sendable, Encodable {
  package let skill: LockedSkill
  /// Whether the skill replaces no version of its own that can be read.
  package let isNew: Bool
  /// Of the version that is replaced.
  package let previousVersion: String?
  /// Of the new files, in full.
  package let preview: SkillPreview
  /// When its version was published; nil for a skill of no registry, or of one that was not asked.
  package let published: Date?

  /// New files that can be run, and those with other content.
  package let scripts: [SkillPreview.Script]
  package let inlineCommands: [InlineCommand]
  package let allowedTools: [String]
  package let hooks: [SkillHook]
  package private(set) var risks: [KnownRisk]
  /// What the check of SKILL.md warns of.
  package private(set) var findings: [Finding]
  /// New files that are no text or too long, and those with other content.
  package let unscanned: [String]

  private enum CodingKeys: String, CodingKey {
    case previousVersion, scripts, inlineCommands, hooks, risks, findings, unscanned
    case isNew = "new"
    case allowedTools = "tools"
  }

  /// - Parameter former: The installed version; nil where there is none that can be read, or another skill.
  init(
    _ skill: LockedSkill, _ files: ReviewedFiles, since former: ReviewedFiles?, previousVersion: String?,
    _ published: Date?
  ) {
    let (new, old) = (files.preview, former?.preview)
    self.skill = skill
    self.previousVersion = previousVersion
    self.published = published
    preview = new
    isNew = former == nil
    scripts = new.scripts.filter { former?.digests[$0.path] != files.digests[$0.path] }
    inlineCommands = Self.added(new.inlineCommands, old?.inlineCommands, by: \.command)
    allowedTools = Self.added(new.allowedTools, old?.allowedTools, by: \.self)
    // What only moved to another line is not new.
    hooks = Self.added(new.hooks, old?.hooks) { [$0.event, $0.action] }
    risks = Self.added(new.risks, old?.risks) { [$0.rule.rawValue, $0.file, $0.excerpt] }
    findings = Self.added(new.findings, old?.findings) { [$0.rule.rawValue, $0.file, $0.message] }
      .filter { $0.severity != .note }
    unscanned = new.unscanned.filter { former?.digests[$0] != files.digests[$0] }
  }

  private static func added<Value, Key: Hashable>(_ new: [Value], _ old: [Value]?, by key: (Value) -> Key) -> [Value] {
    let known = Set((old ?? []).map(key))
    return new.filter { !known.contains(key($0)) }
  }

  /// Without what the project lets stand.
  func accepting(_ accepted: [AcceptedFinding]) -> SkillReview {
    func isOpen(_ rule: String, _ file: String) -> Bool { !accepted.contains { $0.covers(rule, in: file, of: skill) } }
    var review = self
    review.risks = risks.filter { isOpen($0.rule.rawValue, $0.file) }
    review.findings = findings.filter { isOpen($0.rule.rawValue, $0.file) }
    return review
  }

  /// Whether a person should look twice: it runs something more, or looks like something that did harm.
  package var deservesAttention: Bool {
    !scripts.isEmpty || !inlineCommands.isEmpty || !allowedTools.isEmpty || !hooks.isEmpty || !risks.isEmpty
  }
}

/// The files of a skill in a folder, looked through.
struct ReviewedFiles: Sendable {
  let preview: SkillPreview
  /// By path.
  let digests: [String: Digest]

  /// - Throws: `fileError` for what cannot be read.
  init(
    of document: SkillDocument, _ manifest: FileManifest, in folder: Directory, named slug: SkillSlug
  ) throws(MeshError) {
    preview = try SkillPreview(of: document, manifest: manifest, folder: slug) { entry throws(MeshError) in
      try folder.bytes(of: entry) ?? []
    }
    digests = Dictionary(manifest.entries.map { ($0.path.string, $0.digest) }) { $1 }
  }

  /// What is installed in a folder; nil for what no agent can read.
  init?(installedIn folder: Directory, named slug: SkillSlug) throws(MeshError) {
    let contents = try InstalledContents(folder)
    guard let entry = contents.manifest[.skillMarkdown], let bytes = try folder.bytes(of: entry),
      let document = try? SkillDocument(reading: bytes)
    else { return nil }
    try self.init(of: document, contents.manifest, in: folder, named: slug)
  }
}
