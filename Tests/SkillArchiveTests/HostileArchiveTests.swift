import SkillArchive
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct HostileArchiveTests {
  @Test(arguments: HostileArchives.all)
  func `every hostile archive is refused for its own reason`(archive: HostileArchive) {
    do {
      let inspected = try ArchiveInspector.inspect(.bytes(archive.bytes))
      Issue.record("accepted: \(archive), \(inspected.manifest.entries.map(\.path))")
    } catch .refused(let refusal) {
      #expect(refusal.rule == archive.rule, "\(archive): \(refusal)")
    } catch {
      Issue.record("\(archive): \(error)")
    }
  }
}
