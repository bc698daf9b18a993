import SkillInstaller
import Skills
import Synchronization
import Testing

@Suite struct RemovalWaitTests {
  @Test(.timeLimit(.minutes(1))) func `removing says that it waits for another process, and goes on after it`()
    async throws
  {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await scene.install("acme/probe")
    let other = Mutex<SkillsRoot?>(try await SkillsRoot.claim(scene.targets()))
    var events: [SkillInstaller.Progress] = []
    let outcome = try await SkillInstaller.remove(
      [SkillSlug(parsing: "probe")], from: scene.targets(), InstallOptions()
    ) { event in
      events.append(event)
      other.withLock { $0 = nil }
    }
    guard case .waiting? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(outcome.removed.map(\.rawValue) == ["probe"])
  }
}
