import Foundation
import RegistryStore
import Skills
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
