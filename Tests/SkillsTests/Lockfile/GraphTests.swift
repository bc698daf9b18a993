import Testing

@testable import Skills

@Suite struct GraphTests {
  /// app → left, right → base; tool → base; pdf → base; loop ↔ knot.
  private static let lock = Lockfile([
    Locks.skill("a/app@1.0.0", needs: ["a/left@^1", "a/right"]),
    Locks.skill("a/left@1.1.0", needs: ["a/base@^1"]), Locks.skill("a/right@1.2.0", needs: ["a/base@>=1.3 <2"]),
    Locks.skill("a/base@1.4.0", needs: ["a/loop"]), Locks.skill("a/loop@1.0.0", needs: ["a/knot", "a/gone@^3"]),
    Locks.skill("a/knot@1.0.0", needs: ["a/loop"]), Locks.skill("a/stray@1.0.0"),
    Locks.source("path:./pdf", as: "pdf", version: "0.1", needs: ["a/app"]),
  ])
  private static let manifest = Locks.manifest(
    ["a/app": "^1", "a/new": nil], sources: ["pdf": "path:./pdf", "doc": "path:./doc"])

  private func chains(to folder: String, from manifest: ProjectManifest = manifest) -> [String] {
    Self.lock.chains(to: Locks.slug(folder), from: manifest).map { chain in
      chain.map(\.folder.rawValue).joined(separator: " ")
    }
  }

  @Test func `says every shortest way to a skill, and no longer one`() {
    #expect(chains(to: "base") == ["app left base", "app right base"])
    #expect(chains(to: "knot") == ["app left base loop knot", "app right base loop knot"])
    #expect(chains(to: "app") == ["app"])
    #expect(chains(to: "pdf") == ["pdf"])
    #expect(chains(to: "stray").isEmpty)
    #expect(chains(to: "unheard-of").isEmpty)
    let both = Locks.manifest(["a/left": nil, "a/right": nil, "a/app": nil])
    #expect(chains(to: "base", from: both) == ["left base", "right base"])
  }

  @Test func `says at most 20 ways, the same on every run`() {
    let layers = (0..<12).flatMap { layer in
      ["x", "y"].map { side in
        Locks.skill("a/\(side)\(layer)@1.0.0", needs: layer == 11 ? [] : ["a/x\(layer + 1)", "a/y\(layer + 1)"])
      }
    }
    let lock = Lockfile(layers)
    let manifest = Locks.manifest(["a/x0": nil])
    let chains = lock.chains(to: Locks.slug("y11"), from: manifest)
    #expect(chains.count == Lockfile.maximumChains)
    #expect(Set(chains).count == Lockfile.maximumChains)
    #expect(chains.allSatisfy { $0.count == 12 })
    #expect(chains == lock.chains(to: Locks.slug("y11"), from: manifest))
  }

  @Test func `draws what is wanted and what that needs`() {
    let tree = DependencyTree(of: Self.lock, for: Self.manifest)
    #expect(
      tree.lines.block == """
        a/app 1.0.0 (^1)
        ├── a/left 1.1.0 (^1)
        │   └── a/base 1.4.0 (^1)
        │       └── a/loop 1.0.0
        │           ├── a/gone (^3) [not locked]
        │           └── a/knot 1.0.0
        │               └── a/loop 1.0.0 [needs itself]
        └── a/right 1.2.0
            └── a/base 1.4.0 (>=1.3 <2) [shown above]
        a/new [not locked]
        path:./doc [not locked]
        path:./pdf 0.1
        └── a/app 1.0.0 [shown above]

        """)
    #expect(DependencyTree(of: Lockfile(), for: ProjectManifest()).lines.isEmpty)
  }

  @Test func `a chain of two thousand skills is cut, and said to be`() throws {
    let lock = Lockfile((0..<2_000).map { Locks.skill("a/s\($0)@1.0.0", needs: ["a/s\($0 + 1)"]) })
    let tree = DependencyTree(of: lock, for: Locks.manifest(["a/s0": nil]))
    let lines = tree.lines.map(\.description)
    #expect(lines.count == DependencyTree.maximumDepth + 1)
    #expect(lines.last?.hasSuffix("a/s64 1.0.0 [too deep to show]") == true)
    #expect(lock.needed(by: Locks.manifest(["a/s0": nil])).count == 2_000)
    #expect(lock.chains(to: Locks.slug("s1999"), from: Locks.manifest(["a/s0": nil])).first?.count == 2_000)
  }
}
