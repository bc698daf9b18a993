import Testing

@testable import Skills

@Suite struct AgreementTests {
  private static let lock = Lockfile([
    Locks.skill("acme/app@1.2.0", needs: ["acme/base@^1"]),
    Locks.skill("acme/base@1.4.0"),
    Locks.source("path:./pdf", as: "pdf", needs: ["acme/base"]),
  ])
  private static let manifest = Locks.manifest(["acme/app": "^1"], sources: ["pdf": "path:./pdf"])

  @Test func `a lock that is of the manifest has nothing to disagree with`() {
    #expect(Self.lock.disagreements(with: Self.manifest).isEmpty)
    #expect(Lockfile().disagreements(with: ProjectManifest()).isEmpty)
    var manifest = Self.manifest
    manifest.registry = "HTTPS://Skills.Example/"
    manifest.pins = [Locks.name("acme/base"): Locks.number("1.4.0"), Locks.name("acme/gone"): Locks.number("1.0.0")]
    #expect(Self.lock.disagreements(with: manifest).isEmpty)
    manifest.registry = "https://other.example"
    manifest.registries = [Locks.author("acme"): Locks.home]
    manifest.accepted = [AcceptedFinding(skill: "acme/app", rule: "edited", file: nil, reason: "ours")]
    #expect(Self.lock.disagreements(with: manifest).isEmpty)
    let early = Lockfile([Locks.skill("a/b@1.0.0-beta.1")])
    #expect(early.disagreements(with: Locks.manifest(["a/b": nil])).isEmpty)
  }

  /// A change to the manifest, and what it makes the lock disagree with.
  static let changes: [(@Sendable (inout ProjectManifest) -> Void, [String])] = [
    ({ $0.skills[Locks.name("acme/new")] = .init() }, ["acme/new is wanted, and not locked"]),
    (
      { $0.skills[Locks.name("acme/app")] = .init(range: Locks.range("^2")) },
      ["acme/app is wanted as ^2, and locked at 1.2.0"]
    ),
    (
      { $0.skills[Locks.name("acme/app")]?.folder = Locks.slug("tool") },
      ["acme/app is wanted as the folder 'tool', and locked as 'app'"]
    ),
    (
      { $0.skills[Locks.name("acme/app")]?.registry = "https://other.example" },
      ["acme/app is wanted from https://other.example, and locked from https://skills.example"]
    ),
    (
      { $0.registry = "https://skills.example/path" },
      ["acme/app is wanted from https://skills.example/path, and locked from https://skills.example"]
    ),
    (
      { $0.registries[Locks.author("acme")] = "https://other.example" },
      [
        "acme/app is wanted from https://other.example, and locked from https://skills.example",
        "acme/base is wanted from https://other.example, and locked from https://skills.example",
      ]
    ),
    (
      { $0.sources[Locks.slug("pdf")] = .path("./other") },
      ["'pdf' is wanted from path:./other, and locked from path:./pdf"]
    ),
    (
      { $0.sources[Locks.slug("base")] = .path("./base") },
      ["'base' is wanted from path:./base, and locked from acme/base"]
    ),
    ({ $0.sources[Locks.slug("new")] = .path("./new") }, ["'new' is wanted from path:./new, and not locked"]),
    (
      { $0.pins[Locks.name("acme/base")] = Locks.number("1.3.0") },
      ["acme/base is pinned to 1.3.0, and locked at 1.4.0"]
    ),
    ({ $0.sources = [:] }, ["path:./pdf is locked as the folder 'pdf', and nothing needs it"]),
    (
      { $0.skills = [:] },
      ["acme/app is locked as the folder 'app', and nothing needs it"]
    ),
  ]

  @Test(arguments: changes.indices)
  func `says in a sentence where the manifest wants something else`(index: Int) {
    var manifest = Self.manifest
    Self.changes[index].0(&manifest)
    #expect(Self.lock.disagreements(with: manifest) == Self.changes[index].1)
  }

  @Test func `says which dependency is not there, or is at another version`() {
    let lock = Lockfile([
      Locks.skill("acme/app@1.2.0", needs: ["acme/base@^2", "acme/gone@^1", "acme/lost"]),
      Locks.skill("acme/base@1.4.0"),
    ])
    #expect(
      lock.disagreements(with: Locks.manifest(["acme/app": "^1"])) == [
        "acme/app needs acme/base@^2, and acme/base is locked at 1.4.0",
        "acme/app needs acme/gone@^1, which is not locked",
        "acme/app needs acme/lost, which is not locked",
      ])
  }

  @Test func `two skills that only need each other are needed by nothing`() {
    let lock = Lockfile([
      Locks.skill("a/one@1.0.0", needs: ["a/two"]), Locks.skill("a/two@1.0.0", needs: ["a/one"]),
      Locks.skill("a/three@1.0.0"),
    ])
    #expect(lock.disagreements(with: Locks.manifest(["a/three": nil])).count == 2)
    #expect(lock.needed(by: Locks.manifest(["a/three": nil])) == [Locks.slug("three")])
    #expect(lock.needed(by: Locks.manifest(["a/one": nil])) == [Locks.slug("one"), Locks.slug("two")])
  }
}
