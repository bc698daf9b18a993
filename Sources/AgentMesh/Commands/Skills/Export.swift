import ArgumentParser
import FileSystem
import FoundationSubset
import RegistryAPI
import SkillInstaller
import Skills
import SystemPackage

/// `skills export`: a bill of materials.
struct Export: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a bill of materials (CycloneDX 1.6) of what is installed.",
    discussion: """
      Of skills.lock, and of what is installed beside it without being written down. Asks nobody. Addresses are \
      written without their queries, which may hold tokens.

        agent-mesh skills export -o skills.cdx.json

      The time in it is SOURCE_DATE_EPOCH, if that is set, else now.
      """)

  static let speaksJSONIntoPipes = false

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "Write to this file instead of stdout.",
    completion: .file())
  var file: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> ExportReport {
    let targets = try mesh.targets(project.path, project.scope).targets
    let lock = try mesh.known(in: targets)
    guard !lock.skills.isEmpty else {
      throw MeshError(
        .notFound, "nothing is installed in '\(targets.base.string)'",
        hint: "See what is installed: agent-mesh skills installed")
    }
    let bill = SoftwareBill(
      of: lock, for: try Self.manifest(of: lock, in: targets),
      project: SoftwareBill.Product(name: Self.name(of: targets)),
      tool: SoftwareBill.Product(name: "agent-mesh", version: ProgramVersion.current), date: Self.date(mesh.environment)
    )
    let report = ExportReport(bytes: bill.encoded, components: lock.skills.count, file: file)
    if let file { try Self.write(report.bytes, to: file) }
    return report
  }

  /// What skills.json wants, and everything that is there without it.
  private static func manifest(of lock: Lockfile, in targets: InstallTargets) throws -> ProjectManifest {
    var manifest = try SkillInstaller.manifest(in: targets) ?? ProjectManifest()
    let locked = try SkillInstaller.lock(in: targets) ?? Lockfile()
    for skill in lock.skills where locked[skill.folder] == nil {
      if let name = skill.name { manifest.skills[name] = ProjectManifest.Wanted() }
      if let source = skill.source { manifest.sources[skill.folder] = source }
    }
    return manifest
  }

  private static func name(of targets: InstallTargets) -> String {
    if targets.scope == .user { return "skills of a user" }
    let here = FilePath.workingDirectory
    return here.pushing(targets.base).lexicallyNormalized().lastComponent?.string ?? "project"
  }

  private static func date(_ environment: [String: String]) -> Date {
    environment["SOURCE_DATE_EPOCH"].flatMap(Int.init).map { Date(timeIntervalSince1970: TimeInterval($0)) } ?? Date()
  }

  private static func write(_ bytes: [UInt8], to file: String) throws(MeshError) {
    do {
      try Data(bytes).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw MeshError(
        .fileError, "cannot write '\(file)': \(error.systemReason)",
        hint: "Name a file in a folder that exists and that you may write to.")
    }
  }
}

/// The bill, or where it was written.
struct ExportReport: Report {
  let bytes: [UInt8]
  let components: Int
  let file: String?

  enum CodingKeys: String, CodingKey {
    case success, file, components
  }

  func encode(to encoder: any Encoder) throws {
    guard let file else { return try WireCoding.decode(JSONValue.self, from: bytes).encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    try container.encode(file, forKey: .file)
    try container.encode(components, forKey: .components)
  }

  var isAction: Bool { file != nil }

  func text(_ style: Style) -> Message {
    if let file {
      return "Wrote \(components) component\(components == 1 ? "" : "s") to \(style.bold(Message(file, limit: .max)))."
    }
    return Message(trusted: JSONText.safe(String(decoding: bytes.dropLast(), as: UTF8.self)))
  }
}
