import ArgumentParser
import Skills

/// `skills validate`: every finding in any number of folders and archives.
struct Validate: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check skills before they are published.",
    discussion: """
      Takes folders, archives (.tar.gz, .zip, .skill) and single SKILL.md files. Exits with 1 when publishing any of them would \
      be refused.
      """)

  @Argument(help: "Folders, archives or SKILL.md files.", completion: .file())
  var paths = ["."]

  @Flag(help: "Check only what is needed to read a skill, not to publish it.")
  var lenient = false

  @Flag(help: "Allow only what every agent accepts: six fields, nothing else.")
  var portable = false

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if lenient, portable { throw ValidationError("--lenient and --portable exclude each other") }
  }

  func run(in mesh: Mesh) async throws -> ValidateReport {
    let profile: Validation.Profile = lenient ? .lenient : portable ? .portable : .publish
    let allowed = Set(try secrets.allowSecret.map(LocalSkill.allowed))
    let skills = paths.map { SkillCheck(of: $0, profile: profile, allowing: allowed) }
    return ValidateReport(skills: skills, isLenient: lenient)
  }
}

struct ValidateReport: Report {
  let success: Bool
  let skills: [SkillCheck]

  private let isLenient: Bool

  enum CodingKeys: String, CodingKey {
    case success, skills
  }

  init(skills: [SkillCheck], isLenient: Bool) {
    self.skills = skills
    self.isLenient = isLenient
    success = skills.allSatisfy(\.valid)
  }

  var status: ExitStatus { success ? .success : .failure }

  func text(_ style: Style) -> Message {
    skills.map { skill -> Message in
      let what = isLenient ? "be read" : "be published"
      let verdict = skill.valid ? style.green("can \(what)") : style.red("cannot \(what)")
      let name = [skill.name, skill.version].compactMap(\.self).joined(separator: "@")
      let label: Message = name.isEmpty ? "" : " (\(name))"
      let head: Message = "\(style.bold("\(skill.path, limit: .max)"))\(label): \(verdict)"
      return ([head] + skill.findings.map { $0.text(style) }).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
