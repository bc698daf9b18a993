import ArgumentParser
import SkillInstaller
import Skills

/// `skills lock`: whether `skills.lock` is that of `skills.json`.
struct Lock: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Check that skills.lock is up to date with skills.json.",
    discussion: """
      Compares the two files, without the network and without a look at the installed files, and changes nothing. \
      Exit status 5 when they do not agree.

        agent-mesh skills lock --check
      """)

  @Flag(help: "Check, and write nothing; required, since 'agent-mesh skills install' writes the lock.")
  var check = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !check {
      throw ValidationError("only --check is supported: 'agent-mesh skills install' writes the lock")
    }
  }

  func run(in mesh: Mesh) async throws -> LockReport {
    let targets = try mesh.place(project.path, project.scope)
    try mesh.refuseNoProject(targets)
    guard let manifest = try SkillInstaller.manifest(in: targets) else {
      throw MeshError(
        .notFound, "there is no \(ProjectManifest.fileName) in '\(targets.base)'",
        hint: "Name a skill, and it is written: agent-mesh skills install author/slug")
    }
    guard let lock = try SkillInstaller.lock(in: targets) else {
      throw MeshError(
        .lockMismatch, "there is no \(Lockfile.fileName) beside \(ProjectManifest.fileName)",
        hint: "Write one, and keep it with the project: agent-mesh skills install")
    }
    let reasons = lock.disagreements(with: manifest)
    guard reasons.isEmpty else {
      throw MeshError(
        .lockMismatch,
        "\(Lockfile.fileName) is out of date: \(reasons.joined(separator: "; "), limit: 4_000)",
        hint: lock.hint(agreeingWith: manifest))
    }
    return LockReport(skills: lock.skills.count)
  }
}

struct LockReport: Report {
  let success = true
  let skills: Int

  func text(_ style: Style) -> Message {
    "\(Lockfile.fileName) is up to date: \(skills) skill\(skills == 1 ? "" : "s")."
  }
}
