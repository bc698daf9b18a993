import Foundation
import RegistryStore
import Skills
import Testing

/// What agents say of the skills they carry, as far as each reader may know.
@Suite struct AgentSkillTests {
  private let people: People

  init() throws {
    people = try People()
  }

  private func carried(_ names: String...) throws -> [CarriedSkillRecord] {
    try names.map { name in
      let manifest = try people.version("1.2.0", of: name).manifest
      return CarriedSkillRecord(
        skill: try SkillName(parsing: name), version: try SemanticVersion(parsing: "1.2.0"),
        treeDigest: TreeDigest(of: manifest).description, description: "A wombat.")
    }
  }

  private func makePrivate(_ slug: String) async throws {
    try await people.execute("UPDATE skills SET is_private = 1 WHERE slug = \(slug)")
  }

  @Test func `a private skill is shown to its readers, and one that is not of this registry to the owner`() async throws
  {
    let (ann, bob, carol) = try await (people.account("ann"), people.account("bob"), people.account("carol"))
    let (owner, author) = try await (people.identity(ann), people.identity(bob))
    for name in ["bob/open", "bob/hidden"] { try await people.publish("1.2.0", of: name, by: author) }
    try await makePrivate("hidden")
    let agent = try await people.agent("bot", by: owner, visibility: .public, isPublished: true)
    let skills = try carried("bob/hidden", "bob/open", "else/where")
    try await people.agents.setSkills(skills, of: agent.id)
    let limited = TokenScope(rights: [.call], skills: [.everything], agents: [.everything])
    let cases: [(Reader, [String])] = [
      (.stranger, ["bob/open"]), (Reader(try await people.identity(carol)), ["bob/open"]),
      (Reader(author), ["bob/hidden", "bob/open"]), (Reader(owner), ["bob/hidden", "bob/open", "else/where"]),
      (Reader(try await people.identity(ann, limited)), ["bob/open"]),
    ]
    for (reader, names) in cases {
      let seen = try #require(try await people.agents.agent(agent.id, visibleTo: reader))
      #expect(seen.skills.map(\.skill.description) == names)
      for skill in skills {
        let expected = names.contains(skill.skill.description) ? ["ann/bot"] : []
        #expect(try await people.found(by: reader, skill: (skill.skill, nil)) == expected)
      }
    }
  }

  @Test(arguments: [("^1.2", true), ("1.2.0", true), ("*", true), (">=2", false), ("<1.2", false)])
  func `an agent is found by the range of a version that it carries`(range: String, expected: Bool) async throws {
    let owner = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: owner)
    try await people.agents.setSkills(carried("ann/tool"), of: agent.id)
    let skill = (try SkillName(parsing: "ann/tool"), Optional(try VersionRange(parsing: range)))
    #expect(try await people.found(by: Reader(owner), skill: skill).isEmpty != expected)
  }

  @Test func `what an agent carries is replaced as a whole, and limited`() async throws {
    let owner = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: owner)
    try await people.agents.setSkills(carried("ann/one", "ann/two"), of: agent.id)
    try await people.agents.setSkills(carried("ann/two"), of: agent.id)
    #expect(try await people.agents.owned(agent.id, by: owner)?.skills == carried("ann/two"))
    let many = try (0...CarriedSkillRecord.maximumCount).flatMap { try carried("ann/s\($0)") }
    var broken = try carried("ann/one")
    broken[0].treeDigest = "none"
    for skills in [many, broken] {
      await #expect(throws: MeshError.self) {
        try await people.agents.setSkills(skills, of: agent.id)
      }
    }
    #expect(try await people.agents.owned(agent.id, by: owner)?.skills == carried("ann/two"))
  }
}
