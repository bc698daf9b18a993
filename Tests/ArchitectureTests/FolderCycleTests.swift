import Testing

/// The folders of a module are layers: what one declares is used by those above it, and never the other way round.
@Suite struct FolderCycleTests {
  /// Folders that still need each other.
  ///
  /// Nothing is added here: one that is gone or smaller is taken out or narrowed, which the test demands.
  private static let known: [String: Set<Set<String>>] = [
    "SkillArchive": [["Inspect", "Tar", "Zip"]],
    "HTTPTransport": [[".", "Bodies", "Curl", "Events"], ["Messages", "Rules"]],
    "SkillSources": [[".", "Git", "Local", "WellKnown"]],
    "agent-mesh": [[".", "Commands", "Completions", "Output"]],
    "RegistryStore": [["Accounts", "Catalog"]],
  ]

  @Test(arguments: ImportLaw.all)
  func `the folders of a module form no cycle`(law: ImportLaw) throws {
    let graph = try FolderGraph(ofModuleIn: law.folder)
    let found = graph.cycles
    let known = Self.known[law.target] ?? []
    for cycle in found.subtracting(known) {
      let arrows = graph.arrows(within: cycle).joined(separator: "\n")
      Issue.record("\(cycle.sorted()) need each other in \(law.target):\n\(arrows)")
    }
    for cycle in known.subtracting(found) {
      Issue.record("\(cycle.sorted()) of \(law.target) are in the list and no cycle any more: take them out")
    }
  }

  @Test func `every module of the list is one of the law`() {
    #expect(Set(Self.known.keys).isSubset(of: ImportLaw.all.map(\.target)))
  }

  @Test(arguments: [
    ("// B", "struct C {}"), ("/* /* B */ B */ let x = 1", "struct C {}"), (#"let x = "B \"B\" B""#, "struct C {}"),
    (##"let x = #"B" B"#"##, "struct C {}"), ("let x = \"\"\"\n B \"B\"\n \"\"\"", "struct C {}"),
    ("let x = y.B", "struct C {}"), ("enum Own { struct B {} }; let x: B", "struct C {}"),
    ("let x: B", "struct B {}"), ("let x: F", "struct C {}"), ("let x: N", "struct C {}"),
    ("let x: G", "struct C {}"), ("let x: H", "struct C {}"),
  ])
  func `what is no use of another folder's type makes no arrow`(user: String, second: String) {
    let declaring =
      "struct B { struct N {} let a: A }\nprivate struct F {}\nprivate final class G {}"
      + "\nfileprivate indirect enum H {}"
    let graph = FolderGraph(of: ["One": ["struct A {}", user], "Two": [declaring], "Three": [second]])
    #expect(graph.cycles.isEmpty)
    #expect(graph.uses["Two"]?["One"] == "A")
  }

  @Test(arguments: [
    "let x: B?", "extension B {}", #"let x = "\(B.count) of \(["b"].map { "\(B($0))" })""#, ##"let x = #"\#(B.x)"#"##,
    "let x = \"\"\"\n  \\(B.x)\n  \"\"\"", "#if os(Linux)\n  let x = B.shared\n#endif", "let x = [B]() // \" { B",
    "let x = \"{\"; func f() -> B {}",
  ])
  func `every use of another folder's type makes an arrow`(user: String) {
    let graph = FolderGraph(of: ["One": ["package struct A {}", user], "Two": ["package final class B { let a: A }"]])
    #expect(graph.cycles == [["One", "Two"]])
    #expect(graph.arrows(within: ["One", "Two"]) == ["One → Two (B)", "Two → One (A)"])
  }

  @Test func `two cycles in one module are told apart, and what leads to them is in none`() {
    let graph = FolderGraph(of: [
      "A": ["struct A { let b: B }"], "B": ["struct B { let c: C }"], "C": ["struct C { let a: A }"],
      "D": ["struct D { let e: E; let a: A }"], "E": ["struct E { let d: D }"], "F": ["struct F { let a: A }"],
    ])
    #expect(graph.cycles == [["A", "B", "C"], ["D", "E"]])
  }
}
