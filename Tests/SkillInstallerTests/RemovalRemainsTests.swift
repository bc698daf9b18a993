import SkillInstaller
import Skills
import Testing

/// What a removal leaves behind: nothing of ours, and nothing untold.
@Suite struct RemovalRemainsTests {
  private func scene(copies: Bool) async throws -> (Scene, InstallTargets) {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["a.md": "1"])
    let targets = try InstallTargets(project: scene.project, agents: ["claude-code", "goose"], copies: copies)
    _ = try await SkillInstaller(client: try scene.registry.client(), targets: targets)
      .perform(.add([SkillReference(parsing: "acme/probe")]), InstallOptions(saves: true))
    return (scene, targets)
  }

  private func remove(_ targets: InstallTargets, force: Bool = false) async throws -> ChangeOutcome {
    try await Removal(
      of: [SkillSlug(parsing: "probe")], from: targets, InstallOptions(force: force, saves: true)
    ).plan().perform()
  }

  @Test(arguments: [true, false]) func `links and copies of a folder that was deleted by hand go, too`(
    copies: Bool
  ) async throws {
    let (scene, targets) = try await scene(copies: copies)
    try scene.delete(".agents/skills/probe")
    let outcome = try await remove(targets)
    #expect(outcome.plan.remaining.isEmpty)
    for folder in [".claude/skills/probe", ".goose/skills/probe"] { #expect(!scene.exists(folder)) }
    #expect(try SkillInstaller.lock(in: targets)?.skills == [])
  }

  @Test(arguments: [true, false]) func `a copy in which somebody worked stays and is told, or goes to the backups`(
    force: Bool
  ) async throws {
    let (scene, targets) = try await scene(copies: true)
    try scene.write(".goose/skills/probe/a.md", "mine")
    let outcome = try await remove(targets, force: force)
    #expect(outcome.plan.remaining.map(\.entry) == (force ? [] : [".goose/skills/probe"]))
    #expect(scene.text(".goose/skills/probe/a.md") == (force ? nil : "mine"))
    #expect(outcome.backups.count == (force ? 1 : 0))
    #expect(!scene.exists(".claude/skills/probe"))
    #expect(!scene.exists(".agents/skills/probe"))
    if !force {
      let twice = await code { try await remove(targets) }
      #expect(twice == .notInstalled)
      #expect(scene.text(".goose/skills/probe/a.md") == "mine")
      #expect(outcome.plan.remaining.map(\.isOurs) == [true])
      let forced = try await remove(targets, force: true)
      #expect(forced.backups.count == 1)
      #expect(forced.plan.remaining.isEmpty)
      #expect(!scene.exists(".goose/skills/probe"))
    }
  }

  @Test(arguments: [true, false]) func `what somebody else put in the place of a link is theirs, also by force`(
    force: Bool
  ) async throws {
    let (scene, targets) = try await scene(copies: false)
    try scene.delete(".goose/skills/probe")
    try scene.write(".goose/skills/probe/SKILL.md", "mine")
    let outcome = try await remove(targets, force: force)
    #expect(outcome.plan.remaining.map(\.entry) == [".goose/skills/probe"])
    #expect(outcome.plan.remaining.map(\.isOurs) == [false])
    #expect(scene.text(".goose/skills/probe/SKILL.md") == "mine")
  }
}
