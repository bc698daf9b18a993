import SkillInstaller
import Skills
import Synchronization
import Testing

@Suite struct RemovalWaitTests {
  @Test(.timeLimit(.minutes(5))) func `removing says that it waits for another process, and goes on after it`()
    async throws
  {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await scene.install("acme/probe")
    let other = Mutex<SkillsRoot?>(try await SkillsRoot.claim(scene.targets()))
    let events = Locked<[SkillInstaller.Progress]>([])
    let outcome = try await Removal(
      of: [SkillSlug(parsing: "probe")], from: scene.targets(), InstallOptions()
    ) { event in
      events.change { $0.append(event) }
      other.withLock { $0 = nil }
    }.plan().perform()
    guard case .waiting? = events.value.first else {
      Issue.record("\(events.value)")
      return
    }
    #expect(outcome.removed.map(\.rawValue) == ["probe"])
  }
}
