/// What a check has to say about a document, beyond that it can be read.
package enum Validation {
  /// How strict a check is.
  package enum Profile: String, Sendable, CaseIterable {
    /// For reading what the world has written: nothing is an error that can be read.
    case lenient
    /// For publishing: errors for what breaks agents or the registry, warnings for what only some tools refuse.
    case publish
    /// For skills that must load everywhere: the warnings that only some tools give are errors, too.
    case portable
  }

  /// What is known of the folder that a document was found in.
  package struct Context: Sendable {
    /// The last component of the skill's path, when it lies in a folder whose name means something.
    package var folderName: String?
    /// The files of the skill, when they are known.
    package var manifest: FileManifest?
    package var profile: Profile

    package init(folderName: String? = nil, manifest: FileManifest? = nil, profile: Profile = .publish) {
      self.folderName = folderName
      self.manifest = manifest
      self.profile = profile
    }
  }

  /// Everything there is to say, in the order of the lines, graded by the profile of the context.
  package static func findings(for document: SkillDocument, in context: Context) -> [Finding] {
    let all =
      document.findings
      + NameChecks.findings(document, context)
      + DescriptionChecks.findings(document)
      + VersionChecks.findings(document)
      + FieldChecks.findings(document)
      + PrivacyChecks.findings(document)
      + MetadataChecks.findings(document)
      + ScalarChecks.findings(document)
      + TextChecks.findings(document)
      + ManifestChecks.findings(document, context)
    return all.map { $0.graded(context.profile) }.sorted(by: comesFirst)
  }

  /// Whether any of the findings stops a skill from being published.
  package static func refusesPublishing(_ findings: [Finding]) -> Bool {
    findings.contains { $0.severity == .error }
  }

  private static func comesFirst(_ left: Finding, _ right: Finding) -> Bool {
    (left.line ?? 0, left.column ?? 0, left.rule.rawValue) < (right.line ?? 0, right.column ?? 0, right.rule.rawValue)
  }
}

extension SkillDocument {
  func finding(
    _ rule: Finding.Rule, line: Int?, column: Int? = nil, _ message: Message, remedy: Message
  ) -> Finding {
    Finding(rule, file: file, line: line, column: column, message: message, remedy: remedy)
  }

  func finding(
    _ rule: Finding.Rule, at value: FrontMatter.Value, _ message: Message, remedy: Message
  ) -> Finding {
    finding(rule, line: value.line, column: value.column, message, remedy: remedy)
  }

  /// A finding at a key.
  func finding(
    _ rule: Finding.Rule, at entry: FrontMatter.Entry, _ message: Message, remedy: Message
  ) -> Finding {
    finding(rule, line: entry.line, column: entry.column, message, remedy: remedy)
  }
}
