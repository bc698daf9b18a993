import ArgumentParser
import SkillArchive
import SkillInstaller
import Skills

/// `skills use`: the text of a skill on stdout, without installing it.
struct Use: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Print the text of a skill, for an agent, without installing it.",
    discussion: """
      Prints the instructions: the text of SKILL.md below its front matter. Invisible characters are shown as escapes, \
      also in a pipe, so that they cannot hide text. With --raw the file goes into a pipe byte by byte.

        agent-mesh skills use acme/reviewer | claude -p
        agent-mesh skills use acme/reviewer@1.2.0 --list
        agent-mesh skills use acme/reviewer --file references/rules.md

      Uses the version that is installed here, else the newest.
      """)

  static let speaksJSONIntoPipes = false

  @Argument(
    help: ArgumentHelp(
      "The skill, as author/slug[@range] or by the name of an installed folder; then optionally the project.",
      valueName: "skill"),
    completion: .custom(Completions.anySkills))
  var words: [String]

  @Option(help: "Print another file of the skill.")
  var file: String?

  @Flag(help: "Print the whole file, with its front matter.")
  var raw = false

  @Flag(help: "List the files of the skill.")
  var list = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if list, raw || file != nil { throw ValidationError("--list prints no file, and excludes --file and --raw") }
    if words.count > 2 { throw ValidationError("only one skill can be used at a time") }
  }

  func run(in mesh: Mesh) async throws -> UseReport {
    let place = try mesh.workplace(words.dropFirst().first, scope, network)
    let lookup = try SkillLookup(mesh, place)
    let skill = try await Self.choose(words[0], lookup)
    let contents = try await lookup.contents(of: skill)
    var report = UseReport(skill: skill, manifest: contents.inspected.manifest)
    if list { return report }
    let path = try file.map { (text) throws(MeshError) in try Self.path(text) } ?? .skillMarkdown
    guard let bytes = contents.files[path] else {
      throw MeshError(
        .notFound, "\(skill.title) has no file '\(path)'", hint: "See: agent-mesh skills use \(words[0]) --list")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw MeshError(
        .validationError, "'\(path)' of \(skill.title) is not text", hint: "Install the skill to get the file.")
    }
    warn(mesh, skill, contents)
    let isWhole = raw || path != .skillMarkdown
    report.path = path.string
    report.content = isWhole ? text : try SkillDocument(reading: bytes).body
    report.isExact = raw && !Streams.isTerminal(.standardOutput)
    return report
  }

  private static func path(_ text: String) throws(MeshError) -> SkillPath {
    do {
      return try SkillPath(parsing: text)
    } catch {
      throw MeshError(.usage, "\(error)", hint: "Name a file as --list shows it.")
    }
  }

  /// The version here, unless another one is asked for.
  private static func choose(_ word: String, _ lookup: SkillLookup) async throws -> LockedSkill {
    let reference = word.contains("/") ? try SkillReference(parsing: word) : nil
    if let here = try lookup.installed(word) {
      guard let range = reference?.range else { return here }
      if let number = here.number, range.contains(number) { return here }
    }
    guard let reference else { throw SkillLookup.unknown(word) }
    return try await lookup.version(reference)
  }

  /// A skill that is used unseen is looked through like one that is installed.
  private func warn(_ mesh: Mesh, _ skill: LockedSkill, _ contents: ArchiveContents) {
    guard let document = try? SkillDocument(reading: contents.inspected.skillMarkdown) else { return }
    let preview = SkillPreview(of: document, manifest: contents.inspected.manifest, folder: skill.folder) {
      contents.files[$0.path] ?? []
    }
    for risk in preview.risks.prefix(5) { mesh.talk.warn("\(risk) (\(KnownRisk.label))") }
  }
}

/// A file of a skill, or the list of its files.
struct UseReport: Report {
  private struct File: Encodable {
    let path: String
    let size: Int
    let executable: Bool
  }

  let skill: LockedSkill
  let manifest: FileManifest
  /// Nil when the files are listed.
  var path: String?
  var content = ""
  /// Whether the text is printed as it is.
  var isExact = false

  enum CodingKeys: String, CodingKey {
    case success, skill, version, path, content, files, digest, treeDigest
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    try container.encode(skill.reference, forKey: .skill)
    try container.encodeIfPresent(skill.version, forKey: .version)
    try container.encode(skill.digest, forKey: .digest)
    try container.encode(skill.treeDigest, forKey: .treeDigest)
    guard let path else {
      let files = manifest.entries.map { File(path: $0.path.string, size: $0.size, executable: $0.isExecutable) }
      return try container.encode(files, forKey: .files)
    }
    try container.encode(path, forKey: .path)
    try container.encode(content, forKey: .content)
  }

  func text(_ style: Style) -> Message {
    guard path != nil else {
      return manifest.entries.map { Message($0.path) }.joined(separator: "\n")
    }
    // Whoever prints adds a line feed.
    let text = content.hasSuffix("\n") ? String(content.dropLast()) : content
    if isExact { return Message(verbatim: text) }
    return Message(block: String(text.replacing("\r\n", with: "\n").drop { $0 == "\n" }))
  }
}
