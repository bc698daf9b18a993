@testable import Skills

/// Manifests and locks of every shape, from a seed.
struct RandomLocks<Generator: RandomNumberGenerator> {
  var generator: Generator

  private static var sources: [String] {
    [
      "path:./skills/päd \"x\"", "https://host/pdf.tar.gz", "git+https://host/o/r.git",
      "git+ssh://git@host/o/r.git#main", "git+https://host/o/r.git#v1:sub/folder", "git+https://host/o/r.git#:a",
      "well-known+https://host/path#name",
    ]
  }

  mutating func manifest() -> ProjectManifest {
    var manifest = ProjectManifest()
    if chance() { manifest.schema = "https://example.com/skills.schema.json" }
    if chance() { manifest.registry = "http://127.0.0.1:8080/" }
    if chance() { manifest.registries = [Locks.author("a1"): "https://other.example", Locks.author("b"): Locks.home] }
    if chance() { manifest.agents = ["codex", "claude-code"].shuffled(using: &generator) }
    if chance() { manifest.minimumAge = [MinimumAge.none, .standard].randomElement(using: &generator) }
    for index in 0..<Int.random(in: 0...6, using: &generator) {
      let name = Locks.name("a\(index % 3)/s\(index)")
      manifest.skills[name] = ProjectManifest.Wanted(
        range: ranges(), registry: chance() ? "https://other.example" : nil,
        folder: chance() ? Locks.slug("f\(index)") : nil)
    }
    for index in 0..<Int.random(in: 0...3, using: &generator) {
      manifest.sources[Locks.slug("x\(index)")] = Locks.source(Self.sources.randomElement(using: &generator)!)
    }
    for index in 0..<Int.random(in: 0...2, using: &generator) {
      manifest.pins[Locks.name("p/p\(index)")] = Locks.number("1.\(index).0-rc.1+b")
    }
    for index in 0..<Int.random(in: 0...3, using: &generator) {
      manifest.accepted.append(
        AcceptedFinding(
          skill: chance() ? "a1/s\(index)" : "x\(index)", rule: "edited",
          file: chance() ? "päd/\(index) \"x\".md" : nil, reason: "béta \(index)"))
    }
    return manifest
  }

  mutating func lock() -> Lockfile {
    var skills: [LockedSkill] = []
    for index in 0..<Int.random(in: 0...8, using: &generator) {
      skills.append(chance() ? registrySkill(index) : sourceSkill(index))
    }
    return Lockfile(skills.shuffled(using: &generator))
  }

  private mutating func registrySkill(_ index: Int) -> LockedSkill {
    Locks.skill(
      "a\(index)/s\(index)@1.\(index).0", needs: chance() ? ["z/z@^1 || >=3 <4", "a/b"] : [],
      folder: chance() ? "f\(index)" : nil, isPrivate: chance())
  }

  private mutating func sourceSkill(_ index: Int) -> LockedSkill {
    let source = Self.sources.randomElement(using: &generator)!
    let commit = source.hasPrefix("git+") ? String(repeating: "0f", count: chance() ? 20 : 32) : nil
    return Locks.source(source, as: "x\(index)", commit: commit, version: chance() ? "1.0 béta" : nil)
  }

  private mutating func ranges() -> VersionRange? {
    ["^1.2", ">=1 <2 || 3.x", "1.2.3", nil].randomElement(using: &generator)!.map(Locks.range)
  }

  private mutating func chance() -> Bool { Bool.random(using: &generator) }
}
