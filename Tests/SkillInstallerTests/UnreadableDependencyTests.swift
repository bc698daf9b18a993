import SkillInstaller
import Skills
import Testing

@Suite struct UnreadableDependencyTests {
  private let strange = "acme/other@a range of the future"

  @Test func `a version that needs something unreadable is passed over and reported`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try scene.registry.publish("acme/probe", "1.1.0", needs: [strange])
    let reference = try SkillReference(parsing: "acme/probe")
    let outcome = try await scene.installer().perform(.add([reference]), InstallOptions())
    #expect(outcome.items.map(\.skill.version) == ["1.0.0"])
    let reason = try #require(outcome.notices.passedOver.first?.reason)
    guard case .unreadable(let sentence) = reason else {
      Issue.record("\(reason)")
      return
    }
    #expect(sentence.contains(strange))
  }

  @Test func `a skill of which nothing else is there is refused by the name of the version`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", needs: [strange])
    #expect(await code { try await scene.install("acme/probe") } == .newerFormat)
    #expect(!scene.exists(".agents/skills/probe"))
  }
}
