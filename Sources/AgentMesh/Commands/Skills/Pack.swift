import ArgumentParser
import FileSystem
import FoundationSubset
import SkillArchive
import Skills
import SystemPackage

/// `skills pack`: the archive that publishing would send.
struct Pack: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Pack a skill into its archive.",
    discussion: """
      Writes the archive beside the folder, or to --output. The same files give the same bytes on every \
      machine. Files named in .skillignore, version control, credentials, caches and earlier archives are left out; \
      a line in .skillignore such as !.npmrc keeps one. An archive of any program (.zip, .tar.gz, .skill) is packed anew.
      """)

  @Argument(help: "The folder of the skill, or an archive of it.", completion: .file())
  var path = "."

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.", completion: .file())
  var file: String?

  @Flag(help: "Show what would be packed and write nothing.")
  var dryRun = false

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> PackReport {
    let skill = try LocalSkill(packing: path, excluding: file)
    try skill.check(allowing: secrets.allowSecret)
    let document = skill.document
    for finding in skill.leftOutFindings where finding.severity != .note {
      mesh.talk.show(finding.text(mesh.talk.style))
    }
    guard let name = document.name else {
      throw MeshError(.validationError, "SKILL.md has no name", hint: "See: agent-mesh skills validate \(path)")
    }
    let slug = try SkillSlug(parsing: name)
    let version = try document.effectiveVersion()
    let filename = file ?? Self.neighbour(of: path, "\(slug)-\(version).tar.gz")
    try refuseOverwriting(filename)
    if dryRun { return PackReport(filename: filename, skill, size: nil, digest: nil) }
    let packed = try skill.packed(allowing: secrets.allowSecret)
    do {
      try Data(packed.bytes).write(to: URL(fileURLWithPath: filename), options: .atomic)
    } catch {
      throw MeshError(.packFailed, "cannot write '\(filename)': \(error.systemReason)")
    }
    return PackReport(filename: filename, skill, size: packed.bytes.count, digest: packed.digest)
  }

  private func refuseOverwriting(_ filename: String) throws(MeshError) {
    guard let input = FileStatus(at: FilePath(path))?.identity,
      FileStatus(at: FilePath(filename))?.identity == input
    else { return }
    throw MeshError(
      .conflict, "'\(filename)' is what is packed, and would be overwritten",
      hint: "Choose another file with --output.")
  }

  /// Outside the packed folder, so that no archive ever holds an earlier one.
  private static func neighbour(of path: String, _ name: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().appendingPathComponent(name).path
  }
}

struct PackReport: Report {
  let success = true
  let filename: String
  /// Bytes of the archive; nil when none was made.
  let size: Int?
  let digest: Digest?
  let files: [String]
  let totalSize: Int
  let skipped: [SkippedFile]

  struct SkippedFile: Encodable, Sendable {
    let path: String
    let reason: String
  }

  init(filename: String, _ skill: LocalSkill, size: Int?, digest: Digest?) {
    self.filename = filename
    self.size = size
    self.digest = digest
    files = skill.files.map(\.string)
    totalSize = skill.totalSize
    skipped = Self.skipped(skill.leftOut)
  }

  static func skipped(_ leftOut: [LeftOut]) -> [SkippedFile] {
    leftOut.map { SkippedFile(path: $0.path, reason: $0.reason.rawValue) }
  }

  var isAction: Bool { size != nil }

  func text(_ style: Style) -> Message {
    var lines = files.map { "  " + Message($0) }
    lines += skipped.map { style.faint("  \($0.path, limit: .max) left out: \($0.reason)") }
    let count = "\(files.count) file\(files.count == 1 ? "" : "s"), \(ByteCount.text(totalSize))"
    lines.append(
      size.map { "\(count) packed into \(style.bold(Message(filename, limit: .max))) (\(ByteCount.text($0)))." }
        ?? "\(count); nothing was written.")
    return lines.joined(separator: "\n")
  }
}

/// Sizes for people.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    if bytes < 1_000 { return "\(bytes) B" }
    var value = Double(bytes) / 1_000
    for unit in ["kB", "MB"] {
      if value < 1_000 { return "\((value * 10).rounded() / 10) \(unit)" }
      value /= 1_000
    }
    return "\((value * 10).rounded() / 10) GB"
  }
}
