import Foundation
import SkillInstaller
import Skills
import Testing

@Suite struct VersionOutlookTests {
  /// Versions that there are (`!` yanked, `-` withdrawn, `#` in quarantine, `*` published an hour ago), and what is
  /// said.
  struct Case: Sendable, CustomTestStringConvertible {
    var versions: String
    var installed: String
    var range: String?
    var isPinned = false
    /// `wanted latest`, then `too-new=…`, `latest-too-new`, `outdated`, and the status unless it is published.
    var row: String

    var testDescription: String { "\(versions) at \(installed) in \(range ?? "any")\(isPinned ? ", pinned" : "")" }
  }

  private static let cases = [
    Case(versions: "1.0.0", installed: "1.0.0", row: "1.0.0 1.0.0"),
    Case(versions: "1.0.0 1.1.0 2.0.0", installed: "1.0.0", range: "^1", row: "1.1.0 2.0.0 outdated"),
    Case(versions: "1.0.0 2.0.0", installed: "1.0.0", range: "^1", row: "1.0.0 2.0.0 outdated"),
    Case(versions: "1.0.0 1.9.0 1.10.0", installed: "1.0.0", range: "*", row: "1.10.0 1.10.0 outdated"),
    Case(versions: "1.0.0 1.1.0!", installed: "1.0.0", range: "^1", row: "1.0.0 1.0.0"),
    Case(versions: "1.0.0 1.1.0- 1.2.0#", installed: "1.0.0", range: "^1", row: "1.0.0 1.0.0"),
    Case(versions: "1.0.0 1.1.0-rc.1", installed: "1.0.0", range: "^1", row: "1.0.0 1.0.0"),
    Case(versions: "2.0.0-rc.1 2.0.0-rc.2", installed: "2.0.0-rc.1", row: "2.0.0-rc.2 2.0.0-rc.2 outdated"),
    Case(versions: "1.0.0 2.0.0-rc.1", installed: "2.0.0-rc.1", row: "2.0.0-rc.1 2.0.0-rc.1"),
    Case(versions: "1.0.0 1.1.0*", installed: "1.0.0", range: "^1", row: "1.0.0 1.1.0 too-new=1.1.0 latest-too-new"),
    Case(
      versions: "1.0.0 1.1.0 1.2.0*", installed: "1.0.0", range: "^1",
      row: "1.1.0 1.2.0 too-new=1.2.0 latest-too-new outdated"),
    Case(versions: "1.0.0 1.1.0* 2.0.0", installed: "1.0.0", range: "^1", row: "1.0.0 2.0.0 too-new=1.1.0 outdated"),
    Case(versions: "1.0.0 1.1.0 2.0.0", installed: "1.0.0", range: "^1", isPinned: true, row: "1.0.0 2.0.0"),
    Case(versions: "1.0.0 1.1.0!", installed: "1.1.0", range: "^1", row: "1.1.0 1.0.0 yanked"),
    Case(versions: "1.0.0! 1.1.0", installed: "1.0.0", range: "^1", row: "1.1.0 1.1.0 outdated yanked"),
    Case(versions: "1.0.0- 1.1.0", installed: "1.0.0", range: "^1", row: "1.1.0 1.1.0 outdated withdrawn"),
    Case(versions: "1.0.0#", installed: "1.0.0", range: "^1", row: "1.0.0 ? quarantined"),
  ]

  private static let marks: [Character: String] = ["!": "yanked", "-": "withdrawn", "#": "quarantined"]

  /// Installs while everything is published, and then publishes as the case says.
  private func scene(_ test: Case, now: Date) async throws -> Scene {
    let scene = try Scene()
    let words = test.versions.split(separator: " ").map(String.init)
    for word in words { try scene.registry.publish("acme/probe", word.trimmingCharacters(in: ["!", "-", "#", "*"])) }
    let installer = try scene.installer()
    let named = ProjectChange.add([try SkillReference(parsing: "acme/probe@\(test.installed)")])
    _ = try await installer.perform(named, InstallOptions(saves: test.range != nil))
    if let range = test.range {
      let text = try #require(scene.text("skills.json"))
      try scene.write("skills.json", text.replacingOccurrences(of: "\"\(test.installed)\"", with: "\"\(range)\""))
    }
    if test.isPinned { _ = try await installer.perform(.pin(SkillSlug(parsing: "probe")), InstallOptions(saves: true)) }
    for word in words {
      scene.registry.amend("acme/probe", word.trimmingCharacters(in: ["!", "-", "#", "*"])) { version in
        version.status = word.last.flatMap { Self.marks[$0] } ?? "published"
        if word.hasSuffix("*") { version.publishedAt = now.addingTimeInterval(-3_600).ISO8601Format() }
      }
    }
    return scene
  }

  @Test(arguments: cases)
  func `says what an update would bring, and what there is beyond`(test: Case) async throws {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let scene = try await scene(test, now: now)
    let options = InstallOptions(minimumAge: .standard, now: now)
    let row = try #require(try await scene.installer().outlook(options).first)
    #expect(row.text == test.row)
    #expect(row.current == test.installed)
    // What it calls wanted is what updating does.
    var saving = options
    saving.saves = true
    let plan = try await scene.installer().plan(.update(), saving).plan
    #expect(plan.steps.compactMap(\.version).first ?? test.installed == row.wanted)
  }

  @Test func `what cannot be said of a skill is in its row, and keeps no other from its own`() async throws {
    let scene = try Scene()
    for name in ["acme/gone", "acme/probe"] { try scene.registry.publish(name, "1.0.0") }
    try await scene.install("acme/gone", "acme/probe")
    try scene.registry.publish("acme/probe", "1.1.0")
    scene.registry.change { $0.skills["acme/gone"] = nil }
    let rows = try await scene.installer().outlook(InstallOptions())
    #expect(rows.map(\.folder) == ["gone", "probe"])
    #expect(rows.map(\.error) == ["not_found", nil])
    #expect(rows.map(\.wanted) == [nil, "1.1.0"])
    #expect(rows.map(\.isOutdated) == [false, true])
  }

  @Test func `a version that its registry no longer lists is called so`() async throws {
    let scene = try Scene()
    for number in ["1.0.0", "1.1.0"] { try scene.registry.publish("acme/probe", number) }
    try await scene.install("acme/probe@1.0.0")
    scene.registry.change { $0.skills["acme/probe"]?.versions.removeFirst() }
    #expect(try await scene.installer().outlook(InstallOptions()).map(\.status) == ["unlisted"])
  }
}

extension VersionOutlook {
  fileprivate var text: String {
    var words = [wanted ?? "?", latest ?? "?"]
    if let tooNew { words.append("too-new=\(tooNew)") }
    if latestIsTooNew { words.append("latest-too-new") }
    if isOutdated { words.append("outdated") }
    if let status, status != "published" { words.append(status) }
    return words.joined(separator: " ")
  }
}
