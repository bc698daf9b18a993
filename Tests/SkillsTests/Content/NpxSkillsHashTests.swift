import Testing

@testable import Skills

/// Values and orders are those of Node.
@Suite struct NpxSkillsHashTests {
  private func digest(_ files: [String: String]) throws -> String? {
    let pairs = try files.map { (try SkillPath(parsing: $0.key), Array($0.value.utf8)) }
    return NpxSkillsHash.digest(of: Dictionary(uniqueKeysWithValues: pairs))?.hexadecimal
  }

  @Test func `hashes paths and bytes in the order of JavaScript`() throws {
    let files = [
      "SKILL.md": "a", "references/x.md": "b", "scripts/run.sh": "c", "LICENSE": "d", "assets/a.txt": "e",
      "assets/A.txt": "f", "assets/a_b.txt": "g", "assets/a-b.txt": "h",
    ]
    #expect(try digest(files) == "603698dd46b4ed00ae401613ca28101f2e40978bbdf0bc1f60199497f57aeeda")
    let moved = files.merging(["references/y.md": "b"]) { $1 }.filter { $0.key != "references/x.md" }
    #expect(try digest(moved) != digest(files))
  }

  @Test func `orders names as Unicode's collation does`() {
    let sorted = [
      "_meta.json", ".x/y", "assets.md", "assets/10.md", "assets/9.md", "assets/a_b.txt", "assets/a-b.txt",
      "assets/a.txt", "assets/A.txt", "LICENSE", "references/x.md", "scripts/run.sh", "SKILL.md",
    ]
    #expect(sorted.reversed().sorted(by: NpxSkillsHash.comesFirst) == sorted)
  }

  @Test func `does not guess the order of names beyond ASCII`() throws {
    #expect(try digest(["SKÍLL.md": "a"]) == "715b0052f043a2e827cff592f2650236c1448553f1f8e47da0f8113bfa825303")
    #expect(try digest(["SKILL.md": "a", "é.md": "b"]) == nil)
  }
}
