import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// Downloads by day, and the releases of an author.
@Suite struct DownloadTests {
  @Test func `downloads of a day are added up, and days begin at midnight in UTC`() async throws {
    let people = try People()
    let ann = try await people.identity(people.account("ann"))
    for (number, skill) in [("1.0.0", "ann/one"), ("1.1.0", "ann/one"), ("1.0.0", "ann/two")] {
      try await people.publish(number, of: skill, by: ann)
    }
    let one = try #require(try await people.store.catalog.history(of: SkillName(parsing: "ann/one")))
    let (old, new) = (one.versions[0].id, one.versions[1].id)
    func key(_ version: Int64, _ seconds: Double) -> Downloads.Key {
      Downloads.Key(versionID: version, at: Date(timeIntervalSince1970: seconds))
    }
    #expect(key(old, 86_399.9) == key(old, 0) && key(old, 86_400) != key(old, 0))
    let downloads = people.store.downloads
    try await downloads.add([key(old, 0): 2, key(old, 86_400): 3, key(new, 0): 5])
    try await downloads.add([key(old, 86_399): 10])
    #expect(try await downloads.totals(ofSkill: one.skill.id) == [old: 15, new: 5])
    let two = try #require(try await people.store.catalog.history(of: SkillName(parsing: "ann/two")))
    #expect(try await downloads.totals(ofSkill: two.skill.id).isEmpty)
    let days = try await people.rows("SELECT day, times FROM downloads WHERE version_id = \(old) ORDER BY day")
    #expect(try days.map { try $0.integer("times") } == [12, 3])
    #expect(try await people.store.databaseFaults(thorough: true).isEmpty)
  }

  @Test func `the most installed are read from an index in their order, however many there are`() async throws {
    let asked = Log<SQL>()
    let people = try People { WatchedDatabase(database: $0) { asked.add($0) } }
    let ann = try await people.identity(people.account("ann"))
    for (skill, times) in [("ann/one", 1), ("ann/two", 3), ("ann/three", 0), ("ann/four", 2)] {
      let outcome = try await people.publish("1.0.0", of: skill, by: ann)
      let version = try #require(outcome.history.newest)
      if times > 0 {
        try await people.store.downloads.add([Downloads.Key(versionID: version.id, at: people.start): times])
      }
    }
    func installed(_ limit: Int) async throws -> [String: Int] {
      let found = try await people.store.catalog.mostInstalled(limit: limit)
      #expect(found.map(\.downloadCount) == found.map(\.downloadCount).sorted(by: >))
      return found.reduce(into: [:]) { $0[$1.skill.name.description] = $1.downloadCount }
    }
    #expect(try await installed(10) == ["ann/two": 3, "ann/four": 2, "ann/one": 1])
    #expect(try await installed(2) == ["ann/two": 3, "ann/four": 2])
    let query = try #require(asked.values.last).text.replacing("?1", with: "2")
    let plan = try await people.rows(SQL(stringLiteral: "EXPLAIN QUERY PLAN " + query))
    let steps = try plan.map { try $0.text("detail") }
    #expect(steps.contains { $0.contains("public_skills_by_downloads") }, "\(steps)")
    #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.contains("SCAN") }, "\(steps)")
    func miscounts() async -> Int { await people.store.check().faults.count { $0.contains("totals of downloads") } }
    #expect(await miscounts() == 0)
    try await people.execute("UPDATE skills SET download_count = 7 WHERE slug = 'one'")
    #expect(await miscounts() == 1)
  }

  @Test func `of many releases the newest are read`() async throws {
    let people = try People()
    let account = try await people.account("ann")
    let ann = try await people.identity(account)
    for number in ["1.0.0", "2.0.0", "1.0.1"] { try await people.publish(number, of: "ann/one", by: ann) }
    let bob = try await people.identity(people.account("bob"))
    try await people.publish("9.0.0", of: "bob/one", by: bob)
    let releases = try await people.store.catalog.releases(ofAuthor: account.authorID, limit: 2)
    #expect(releases.map(\.version.description) == ["1.0.1", "2.0.0"])
  }
}
