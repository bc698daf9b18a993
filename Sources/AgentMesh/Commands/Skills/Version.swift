import ArgumentParser
import Skills

/// `skills version`: raise the version in SKILL.md, and change nothing else in it.
struct Version: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Raise or set the version of a skill.",
    discussion: """
      patch, minor and major raise that part; premajor, preminor, prepatch and prerelease start or continue a \
      pre-release; anything else is an exact version. A skill without a version counts as 1.0.0.
      """)

  @Argument(help: "patch, minor, major, premajor, preminor, prepatch, prerelease, or an exact version.")
  var change: String

  @Argument(help: "The folder of the skill.", completion: .directory)
  var path = "."

  @Option(help: "The name of the pre-release, such as beta.")
  var preid: String?

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> VersionReport {
    let bump = try VersionBump(parsing: change)
    let main = try MainFile.find(in: path)
    let document = try main.document()
    let old = try version(of: document, before: bump)
    let new = try bump.applied(to: old, preid: preid)
    let changed = try document.settingVersion(new)
    do {
      try main.replace(with: changed.bytes)
    } catch {
      throw MeshError(.versionFailed, "cannot write '\(main.path)': \(error)")
    }
    return VersionReport(old: document.version ?? old.description, new: new.description)
  }

  /// What a step begins at; of an old version that an exact one replaces nothing is asked.
  private func version(of document: SkillDocument, before bump: VersionBump) throws(MeshError) -> SemanticVersion {
    do throws(VersionRefusal) {
      return try document.effectiveVersion()
    } catch {
      if case .exact = bump { return .initial }
      let place: Message = path == "." ? "" : " '\(path, limit: .max)'"
      throw error.meshError.with(hint: "Set one: agent-mesh skills version <version>\(place)")
    }
  }
}

struct VersionReport: Report {
  let success = true
  let old: String
  let new: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { "\(old) → \(style.bold(Message(new)))" }
}
