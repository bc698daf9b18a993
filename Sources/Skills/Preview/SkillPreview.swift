/// What to know of a skill before it is installed: what it may run, what looks wrong, and what it costs.
package struct SkillPreview: Hashable, Sendable, Codable {
  /// A file that can be run.
  package struct Script: Hashable, Sendable, Codable {
    package var path: String
    package var size: Int
    /// Whether it has the executable bit; without it, an agent can still hand it to an interpreter.
    package var isExecutable: Bool
  }

  package private(set) var name: String?
  package private(set) var description: String?
  package private(set) var version: String?
  package private(set) var compatibility: String?
  /// Sorted by path.
  package private(set) var scripts: [Script] = []
  package private(set) var inlineCommands: [InlineCommand]
  package private(set) var allowedTools: [String]
  package private(set) var hooks: [SkillHook]
  package private(set) var dependencies: [String]
  /// What a check of SKILL.md has to say.
  package private(set) var findings: [Finding]
  /// What looks like a known risk in any file: evidence, not a verdict.
  package private(set) var risks: [KnownRisk] = []
  /// Paths of files that cannot be read, because they are no text or too long.
  package private(set) var unscanned: [String] = []
  /// Bytes of all files together.
  package private(set) var size: Int
  package private(set) var fileCount: Int
  package private(set) var cost: ContextCost

  /// Whether a person should look twice: it runs something, or looks like something that did harm.
  package var deservesAttention: Bool {
    !scripts.isEmpty || !inlineCommands.isEmpty || !allowedTools.isEmpty || !hooks.isEmpty || !risks.isEmpty
  }

  /// - Parameters:
  ///   - manifest: Every file of the skill.
  ///   - folder: What it would be installed as, for findings about its name.
  ///   - content: Gives the bytes of a file; asked once for each file of at most `KnownRisk.maximumBytes`.
  package init<Failure>(
    of document: SkillDocument, manifest: FileManifest, folder: SkillSlug? = nil,
    content: (FileManifest.Entry) throws(Failure) -> [UInt8]
  ) throws(Failure) {
    name = document.name
    description = document.description
    version = document.version
    compatibility = document.compatibility
    inlineCommands = InlineCommand.all(in: document)
    allowedTools = document.allowedTools
    hooks = SkillHook.all(in: document.frontMatter)
    dependencies = document.dependencies
    let context = Validation.Context(folderName: folder?.rawValue, manifest: manifest, profile: .lenient)
    findings = Validation.findings(for: document, in: context)
    size = manifest.totalSize
    fileCount = manifest.entries.count
    cost = ContextCost(of: document)
    var review = RiskReview(of: document)
    for entry in manifest.entries {
      let bytes = entry.size <= KnownRisk.maximumBytes ? try content(entry) : nil
      if FileKind(of: entry.path, isExecutable: entry.isExecutable, start: (bytes ?? []).prefix(4)) == .executable {
        scripts.append(Script(path: entry.path.string, size: entry.size, isExecutable: entry.isExecutable))
      }
      review.look(at: entry, bytes)
    }
    (risks, unscanned) = (review.risks, review.unscanned)
  }
}
