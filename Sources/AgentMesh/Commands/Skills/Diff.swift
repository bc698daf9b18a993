import ArgumentParser
import Skills

/// `skills diff`: what changes between two versions of a skill.
struct Diff: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between versions of a skill, or what was edited here.",
    discussion: """
      Shows first what matters for safety, then instructions, executable files and the rest.

        agent-mesh skills diff acme/reviewer               # from the version here to the newest
        agent-mesh skills diff acme/reviewer 1.4.0         # from the version here to 1.4.0
        agent-mesh skills diff acme/reviewer 1.2.0 1.4.0   # also when it is not installed
        agent-mesh skills diff pdf v1.0 v1.1               # of a git source: tags, branches or whole commits
        agent-mesh skills diff reviewer --local            # what was edited here
      """)

  @Argument(
    help: ArgumentHelp(
      "The skill, none to two versions, and at the end optionally the project, written as ./folder or /folder.",
      valueName: "skill"),
    completion: .custom(Completions.anySkills))
  var words: [String]

  @Flag(help: "Compare the installed version with the files that are here.")
  var local = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> DiffReport {
    var words = words
    let path = words.count > 1 && words.last.map(Project.isWrittenAsFolder) == true ? words.removeLast() : nil
    guard let skill = words.first, words.count <= 3 else {
      throw MeshError(.usage, "a skill and at most two versions can be compared")
    }
    let place = try mesh.workplace(path, scope, network)
    let lookup = try SkillLookup(mesh, place)
    if local {
      guard words.count == 1 else {
        throw MeshError(.usage, "--local compares with the files here, and takes no version")
      }
      return try await edits(of: skill, lookup, place)
    }
    let sides = try await sides(skill, Array(words.dropFirst()), lookup)
    let old = try await lookup.contents(of: sides.from)
    let new = try await lookup.contents(of: sides.to)
    return DiffReport(
      skill: sides.to.reference, from: Self.label(sides.from), to: Self.label(sides.to),
      comparison: SkillComparison(from: old.skillFiles, to: new.skillFiles))
  }

  /// The versions to compare.
  private func sides(
    _ word: String, _ versions: [String], _ lookup: SkillLookup
  ) async throws -> (from: LockedSkill, to: LockedSkill) {
    let here = try lookup.installed(word)
    if let here, here.name == nil {
      let newest = try await lookup.newest(of: here, at: versions.last, isOffline: network.offline)
      guard versions.count == 2 else { return (here, newest) }
      return (try await lookup.newest(of: here, at: versions[0], isOffline: network.offline), newest)
    }
    guard let name = here?.name ?? (try? SkillName(parsing: word)) else { throw SkillLookup.unknown(word) }
    let wanted = try versions.map { SkillReference(name: name, range: try VersionRange(parsing: $0)) }
    if wanted.count == 2 { return (try await lookup.version(wanted[0]), try await lookup.version(wanted[1])) }
    guard let here else {
      throw MeshError(
        .notInstalled, "\(name) is not installed here",
        hint: "Name two versions: agent-mesh skills diff \(name) <from> <to>")
    }
    return (here, try await lookup.version(wanted.first ?? SkillReference(name: name)))
  }

  private func edits(of word: String, _ lookup: SkillLookup, _ place: Workplace) async throws -> DiffReport {
    guard let here = try lookup.installed(word) else { throw SkillLookup.unknown(word) }
    let contents = try await lookup.contents(of: here)
    let disk = try InstalledFiles(of: here, in: place.targets, knowing: contents)
    return DiffReport(
      skill: here.reference, from: Self.label(here), to: "the files here",
      comparison: SkillComparison(from: contents.skillFiles, to: disk.files), strangers: disk.strangers)
  }

  private static func label(_ skill: LockedSkill) -> String {
    if case .source(_, let commit?, _) = skill.origin { return String(commit.prefix(12)) }
    return skill.shownVersion
  }
}

/// What differs.
struct DiffReport: Report {
  let skill: String
  let from: String
  let to: String
  let comparison: SkillComparison
  /// Links and other things on the disk that no skill can hold.
  var strangers: [String] = []

  enum CodingKeys: String, CodingKey {
    case success, skill, from, to, identical, strangers
  }

  /// The comparison as it is, with what was compared beside it.
  func encode(to encoder: any Encoder) throws {
    try comparison.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    try container.encode(skill, forKey: .skill)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(isSame, forKey: .identical)
    if !strangers.isEmpty { try container.encode(strangers, forKey: .strangers) }
  }

  private var isSame: Bool { comparison.isEmpty && strangers.isEmpty }

  func text(_ style: Style) -> Message {
    if isSame { return "\(skill) is the same in \(from) and \(to)." }
    let odd: [Message] = strangers.map { "! \($0, limit: .max): neither a file nor a folder" }
    let head = style.bold("\(skill) \(from) → \(to)")
    return ([head] + (odd + comparison.lines).map { Self.coloured($0, style) }).joined(separator: "\n")
  }

  private static func coloured(_ line: Message, _ style: Style) -> Message {
    switch line.description.first {
    case "!": style.yellow(line)
    case "=": style.bold(line)
    case "@": style.faint(line)
    case "-": style.red(line)
    case "+": style.green(line)
    default: line
    }
  }
}
