import Testing

@testable import Skills

@Suite struct RenameTests {
  private static let renames = SkillRenames([Locks.name("acme/tool"): Locks.name("beta/tool")])

  @Test func `a lock has new names where skills are and where they are needed, and stays sorted`() {
    let lock = Lockfile([
      Locks.skill("acme/app@1.0.0", needs: ["acme/tool@^1", "beta/tool@^1", "alpha/z"]),
      Locks.skill("acme/tool@1.2.0", folder: "t"),
    ]).renamed(by: Self.renames)
    #expect(lock.skills.map(\.reference) == ["acme/app", "beta/tool"])
    #expect(lock.skills[0].dependencies.map(\.description) == ["alpha/z", "beta/tool@^1"])
    #expect(lock[Locks.name("beta/tool")]?.folder == Locks.slug("t"))
    #expect(lock[Locks.name("acme/tool")] == nil)
  }

  @Test func `what is locked under both names is locked under the new one`() {
    let lock = Lockfile([Locks.skill("acme/tool@1.0.0", folder: "a"), Locks.skill("beta/tool@1.1.0", folder: "b")])
    #expect(lock.renamed(by: Self.renames).skills.map(\.title) == ["beta/tool 1.1.0 b"])
  }

  /// Ranges under the old and the new name, and the one that is left.
  static let ranges: [(old: String?, new: String?, left: String?)] = [
    ("^1", nil, "^1"), (nil, "^1", "^1"), (nil, nil, nil), ("^1", "^1", "^1"), ("^1", "<1.5", "<1.5 ^1"),
    ("^1 || ^2", "<3", "<3"), ("1.0.0 - 1.4.0", "^1", "^1"),
  ]

  @Test(arguments: ranges)
  func `both ranges hold for what is wanted under both names`(old: String?, new: String?, left: String?) {
    let manifest = Locks.manifest(["acme/tool": old, "beta/tool": new]).renamed(by: Self.renames)
    #expect(manifest.skills.keys.map(\.description) == ["beta/tool"])
    #expect(manifest.skills[Locks.name("beta/tool")]?.range?.description == left)
  }

  @Test func `pins, accepted findings, folder and registry go with the name`() {
    var manifest = Locks.manifest(["acme/tool": "^1"])
    manifest.registry = "https://standard.example"
    manifest.registries = [Locks.author("acme"): Locks.home]
    manifest.skills[Locks.name("acme/tool")]?.folder = Locks.slug("t")
    manifest.pins = [Locks.name("acme/tool"): Locks.number("1.2.0")]
    manifest.accepted = [AcceptedFinding(skill: "acme/tool", rule: "edited", file: nil, reason: "ours")]
    let new = manifest.renamed(by: Self.renames)
    let wanted = ProjectManifest.Wanted(range: Locks.range("^1"), registry: Locks.home, folder: Locks.slug("t"))
    #expect(new.skills == [Locks.name("beta/tool"): wanted])
    #expect(new.pins == [Locks.name("beta/tool"): Locks.number("1.2.0")])
    #expect(new.accepted.map(\.skill) == ["beta/tool"])
  }

  @Test func `one rename after another leads from the first name to the last`() {
    let later = SkillRenames([Locks.name("beta/tool"): Locks.name("gamma/tool")])
    let both = Self.renames.followed(by: later)
    for name in ["acme/tool", "beta/tool", "gamma/tool"] { #expect(both[Locks.name(name)] == Locks.name("gamma/tool")) }
  }
}

extension LockedSkill {
  fileprivate var title: String { "\(reference) \(version ?? "-") \(folder)" }
}
