import ArgumentParser
import FoundationSubset
import Skills

/// `skills init`: a folder with a SKILL.md that validates.
struct Init: MeshCommand {
  static let configuration = CommandConfiguration(commandName: "init", abstract: "Start a new skill.")

  /// What a description is until somebody writes one.
  static let placeholder = "Describe what this skill does and when an agent should use it."

  @Argument(help: "The folder of the skill; it is created when it is missing.", completion: .directory)
  var path = "."

  @Option(help: "The name; the name of the folder otherwise.")
  var name: String?

  @Option(help: "What the skill does and when an agent should use it, in at most 1024 characters.")
  var description: String?

  @Flag(help: "Replace a SKILL.md that has no name; it is kept as SKILL.md.bak.")
  var force = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InitReport {
    let slug = try chosenSlug()
    let file = path + "/SKILL.md"
    if let existing = FileManager.default.contents(atPath: file) {
      if let name = try? SkillDocument(reading: existing).name {
        return InitReport(path: path, name: name, exists: true)
      }
      guard force else {
        throw MeshError(
          .initFailed, "'\(file)' exists and has no name in its front matter",
          hint: "Add one, or replace the file with --force; it is then kept as SKILL.md.bak.")
      }
      try keepAside(file)
    }
    let text = SkillDocument.template(
      name: slug, description: description ?? Self.placeholder, version: .initial)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: [.withoutOverwriting])
    } catch {
      throw MeshError(.initFailed, "cannot write '\(file)': \(error.systemReason)")
    }
    return InitReport(path: path, name: slug.rawValue, exists: false)
  }

  private func chosenSlug() throws -> SkillSlug {
    if let name { return try SkillSlug(parsing: name) }
    let folder = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    guard let slug = SkillSlug(deriving: folder) else {
      throw MeshError(
        .validationError, "the folder '\(folder, limit: 80)' does not give a valid name",
        hint: "Choose one with --name.")
    }
    return slug
  }

  private func keepAside(_ file: String) throws {
    do {
      try FileManager.default.moveItem(atPath: file, toPath: file + ".bak")
    } catch {
      throw MeshError(.initFailed, "cannot keep '\(file)' as SKILL.md.bak: \(error.systemReason)")
    }
  }
}

struct InitReport: Report {
  let success = true
  let path: String
  let name: String
  let exists: Bool

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    let file: Message = "\(path, limit: .max)/SKILL.md"
    if exists { return "\(file) exists already (\(name)); nothing was changed." }
    return """
      Created \(style.bold(file)). Edit it, then:
        agent-mesh skills validate \(Self.quoted(path), limit: .max)
        agent-mesh skills publish \(Self.quoted(path), limit: .max)
      """
  }

  /// As a shell takes it for one word.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "/._-".utf8.contains(byte)
    }
    return isPlain && !path.hasPrefix("-") ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }
}
