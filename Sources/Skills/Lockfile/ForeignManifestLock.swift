/// `skills-lock.yaml`, the lock beside a `ForeignManifest`: of git sources it has the commit; what it calls a digest is
/// none of any content.
///
///     lockfileVersion: "0.1"
///     skills:
///       pdf:
///         specifier: https://host/owner/repo.git#main&path:/skills/pdf
///         resolution: {type: git, url: https://host/owner/repo.git, commit: <40 hex>, path: /skills/pdf}
package struct ForeignManifestLock: Sendable {
  package static let fileName = "skills-lock.yaml"
  private static let version = "0.1"
  /// A skill has a dozen keys.
  private static let limits = FrontMatterLimits(
    bytes: ForeignSkill.maximumBytes, depth: 8, keys: 20 * ForeignSkill.maximumCount,
    scalarBytes: SkillSource.maximumBytes)

  private struct Entry: Sendable {
    let specifier: ForeignSpecifier
    let commit: String
  }

  private let file: String
  private var entries: [String: Entry] = [:]

  /// - Parameter file: What errors call it.
  /// - Throws: `validationError` that names the file and the line.
  package init(reading bytes: [UInt8], file: String) throws(MeshError) {
    self.file = file
    guard bytes.count <= ForeignSkill.maximumBytes, String(validating: bytes, as: UTF8.self) != nil else {
      throw fault(1, "it is not UTF-8, or has more than \(ForeignSkill.maximumBytes) bytes")
    }
    let top = try tree(of: bytes)
    guard top["lockfileVersion"]?.string == Self.version else {
      throw fault(1, "its lockfileVersion is not \(Self.version), which alone is known")
    }
    guard let skills = top["skills"]?.mapping, skills.count <= ForeignSkill.maximumCount else {
      throw fault(1, "its skills are no mapping, or more than \(ForeignSkill.maximumCount)")
    }
    for skill in skills { try add(skill) }
  }

  /// The whole commit that a skill of the manifest is locked at; nil where none is locked for what is listed now.
  func commit(of name: String, at specifier: ForeignSpecifier) -> String? {
    entries[name].flatMap { $0.specifier == specifier ? $0.commit : nil }
  }

  private mutating func add(_ skill: FrontMatter.Entry) throws(MeshError) {
    let resolution = skill.value["resolution"]
    guard let text = skill.value["specifier"]?.string, let specifier = ForeignSpecifier(parsing: text),
      let type = resolution?["type"]?.string
    else { throw fault(skill.line, "the entry lacks a specifier or the type of its resolution") }
    guard type == "git" else { return }
    guard let commit = resolution?["commit"]?.string, GitCommit.isWhole(commit) else {
      throw fault(skill.line, "the entry has no whole commit")
    }
    entries[skill.key] = Entry(specifier: specifier, commit: commit)
  }

  private func tree(of bytes: [UInt8]) throws(MeshError) -> FrontMatter {
    let lines = SourceLines(bytes)
    let text = YAMLText(lines: (0..<lines.count).map(lines.text), firstLine: 1)
    let result: (frontMatter: FrontMatter, findings: [Finding])
    do throws(DocumentRefusal) {
      result = try FrontMatterParser.parse(text, limits: Self.limits, file: file)
    } catch {
      throw fault(error.line, "it is not read as YAML (\(error.rule.rawValue))")
    }
    if let finding = result.findings.first { throw fault(finding.line, "it is refused (\(finding.rule.rawValue))") }
    return result.frontMatter
  }

  private func fault(_ line: Int?, _ reason: Message) -> MeshError {
    MeshError(
      .validationError, "\(file), line \(line ?? 1): \(reason)",
      hint: "Have its own program write it anew, and try again")
  }
}
