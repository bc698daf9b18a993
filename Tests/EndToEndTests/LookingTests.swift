import Foundation
import TestSupport
import Testing

@Suite struct LookingTests {
  /// `acme/notes` in two versions, of which the second one may do more.
  private func published() async throws -> Scene {
    let scene = try await Scene.open()
    try scene.skill("notes", files: ["data.txt": "one\n"])
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let text = try scene.read("notes/SKILL.md")
    try scene.write(
      text.replacing("version: 1.0.0", with: "version: 1.1.0")
        .replacing("metadata:", with: "allowed-tools: Bash\nmetadata:") + "\nRun it.\n", to: "notes/SKILL.md")
    try scene.write("#!/bin/sh\necho hello\n", to: "notes/scripts/run.sh")
    return scene
  }

  @Test func `a comparison goes from what is installed to the newest, and to any version`() async throws {
    let scene = try await published()
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project]).status == 0)
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let before = try scene.hash("project")

    for words in [["acme/notes"], ["notes"], ["acme/notes", "1.1.0"], ["notes", "1.0.0", "1.1.0"]] {
      let outcome = try await scene.agentMesh(["skills", "diff"] + words + ["./project", "--human"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("acme/notes 1.0.0 → 1.1.0\n! SKILL.md: allowed-tools\n"), "\(outcome.output)")
      #expect(outcome.output.contains("\n! scripts/run.sh: executable added"))
      #expect(outcome.output.contains("\n+Run it.\n"))
    }
    let json = try await scene.agentMesh(["skills", "diff", "notes", "./project"]).json()
    #expect(json["identical"] as? Bool == false)
    #expect(
      (json["files"] as? [[String: Any]])?.compactMap { $0["path"] as? String } == ["SKILL.md", "scripts/run.sh"])
    let same = try await scene.agentMesh(["skills", "diff", "notes", "1.0.0", "./project", "--human"])
    #expect(same.output == "acme/notes is the same in 1.0.0 and 1.0.0.\n")
    #expect(try scene.hash("project") == before)
  }

  @Test func `two versions of a skill that is not installed are compared, and one is not enough`() async throws {
    let scene = try await published()
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let both = try await scene.agentMesh(["skills", "diff", "acme/notes", "1.1.0", "1.0.0"], as: "reader").json()
    #expect(both["from"] as? String == "1.1.0")
    #expect(both["to"] as? String == "1.0.0")
    for words in [["acme/notes"], ["acme/notes", "1.0.0"], ["notes"]] {
      let outcome = try await scene.agentMesh(["skills", "diff"] + words, as: "reader")
      #expect(outcome.status == 4, "\(outcome.errors)")
      #expect(outcome.errors.contains("is not installed here"))
    }
    #expect(try await scene.agentMesh(["skills", "diff", "acme/notes", "1.0.0", "9.0.0"]).status == 4)
    #expect(try await scene.agentMesh(["skills", "diff", "acme/notes", "one", "two"]).status == 2)
  }

  @Test func `what was edited here is compared with what was installed, without a network`() async throws {
    let scene = try await published()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", try scene.project()]).status == 0)
    await scene.registry.stop()
    let untouched = try await scene.agentMesh(["skills", "diff", "notes", "--local", "./project"]).json()
    #expect(untouched["identical"] as? Bool == true)

    let folder = "project/.agents/skills/notes"
    try scene.write(scene.read(folder + "/SKILL.md") + "My own rule.\n", to: folder + "/SKILL.md")
    try scene.write("two\n", to: folder + "/more/new.txt")
    try FileManager.default.removeItem(atPath: scene.place + "/" + folder + "/data.txt")
    try scene.folder.link(folder + "/link", to: "/etc/passwd")
    let edited = try await scene.agentMesh(["skills", "diff", "notes", "--local", "./project", "--human", "--offline"])
    #expect(edited.status == 0, "\(edited.errors)")
    for line in ["+My own rule.", "= more/new.txt: instructions added", "= data.txt: instructions removed", "! link:"] {
      #expect(edited.output.contains(line), "\(edited.output)")
    }
    #expect(!edited.output.contains("root:"))
  }

  @Test func `a skill is printed for an agent and installed nowhere`() async throws {
    let scene = try await published()
    try scene.write(scene.read("notes/SKILL.md") + "Hidden\u{200B}here.\n", to: "notes/SKILL.md")
    #expect(try await scene.agentMesh(["skills", "publish", "notes", "--version", "1.1.0"]).status == 0)
    let project = try scene.project()
    let before = try scene.hash(project)
    let used = try await scene.agentMesh(["skills", "use", "acme/notes", project], as: "reader")
    #expect(used.status == 0, "\(used.errors)")
    #expect(used.output == "# notes\n\nRun it.\nHidden\\u{200B}here.\n")
    let raw = try await scene.agentMesh(["skills", "use", "acme/notes", "--raw"], as: "reader")
    #expect(try raw.output == scene.read("notes/SKILL.md"))
    let script = try await scene.agentMesh(["skills", "use", "acme/notes", "--file", "scripts/run.sh"], as: "reader")
    #expect(script.output == "#!/bin/sh\necho hello\n")
    let list = try await scene.agentMesh(["skills", "use", "acme/notes", "--list"], as: "reader")
    #expect(list.output == "SKILL.md\ndata.txt\nscripts/run.sh\n")
    let json = try await scene.agentMesh(["skills", "use", "acme/notes", "--json"], as: "reader").json()
    #expect(json["version"] as? String == "1.1.0")
    #expect((json["content"] as? String)?.contains("Run it.") == true)
    #expect(try scene.hash("project") == before)

    await scene.registry.stop()
    let cached = try await scene.agentMesh(["skills", "use", "acme/notes", "--offline"], as: "reader")
    #expect(cached.output == used.output, "\(cached.errors)")
    #expect(try await scene.agentMesh(["skills", "use", "acme/notes", "--offline"], as: "another").status == 6)
  }

  @Test func `the version that is installed is the one that is used`() async throws {
    let scene = try await published()
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project]).status == 0)
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    for word in ["acme/notes", "notes", "acme/notes@^1"] {
      #expect(try await scene.agentMesh(["skills", "use", word, project]).output == "# notes\n")
    }
    #expect(try await scene.agentMesh(["skills", "use", "acme/notes@1.1.0", project]).output.contains("Run it."))
  }

  @Test(
    arguments: [
      (["use", "notes"], 4, "not installed here"), (["use", "acme/none"], 4, "acme/none"),
      (["use", "acme/notes@9"], 4, "no version that matches"), (["use", "acme/notes", "--file", "../x"], 2, "../x"),
      (["use", "acme/notes", "--file", "none.md"], 4, "has no file"), (["use", "No Name"], 2, "No Name"),
      (["use", "acme/notes", "--list", "--raw"], 2, "--list"), (["search", "x", "--limit", "0"], 2, "--limit"),
      (["search"], 2, "word"), (["diff", "acme/notes", "1", "2", "3"], 2, "at most two"),
      (["diff", "acme/notes", "1", "--local"], 2, "--local"), (["export"], 4, "nothing is installed"),
    ])
  func `a mistake is told with what to do`(words: [String], status: Int32, said: String) async throws {
    let scene = try await Scene.open()
    try scene.skill("notes")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let outcome = try await scene.agentMesh(["skills"] + words)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
  }

  @Test func `a search shows what matches and only that`() async throws {
    let scene = try await published()
    try scene.skill("painter")
    for name in ["notes", "painter"] { #expect(try await scene.agentMesh(["skills", "publish", name]).status == 0) }
    let found = try await scene.agentMesh(["skills", "search", "what", "notes"], as: "reader").json()
    #expect((found["skills"] as? [[String: Any]])?.compactMap { $0["source"] as? String } == ["acme/notes"])
    let one = try await scene.agentMesh(["skills", "search", "does", "--limit", "1"], as: "reader").json()
    #expect((one["skills"] as? [Any])?.count == 1)
    let text = try await scene.agentMesh(["skills", "search", "painter", "--human"], as: "reader").output
    #expect(text.contains("acme/painter  1.0.0"))
    #expect(text.contains("Does what painter does."))
    let none = try await scene.agentMesh(["skills", "search", "zebra", "--human"], as: "reader")
    #expect(none.status == 0)
    #expect(none.output == "No skills found for 'zebra'.\n")
  }

  @Test func `the bill of materials has everything that is locked, and the same bytes every time`() async throws {
    let scene = try await published()
    try scene.skill("own")
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project]).status == 0)
    #expect(try await scene.agentMesh(["skills", "add", "./own", project]).status == 0)
    await scene.registry.stop()
    var environment = scene.environment(of: "acme")
    environment["SOURCE_DATE_EPOCH"] = "1700000000"
    var bills: [String] = []
    for file in ["one.json", "two.json"] {
      let outcome = try await Program.run(
        Program.agentMesh, ["skills", "export", project, "-o", file], environment: environment, folder: scene.place)
      #expect(outcome.status == 0, "\(outcome.errors)")
      bills.append(try scene.read(file))
    }
    #expect(bills[0] == bills[1])
    let piped = try await Program.run(
      Program.agentMesh, ["skills", "export", project], environment: environment, folder: scene.place)
    #expect(piped.output == bills[0])
    let bill = try piped.json()
    #expect(bill["bomFormat"] as? String == "CycloneDX")
    #expect((bill["components"] as? [[String: Any]])?.compactMap { $0["name"] as? String }.count == 2)
    #expect((bill["metadata"] as? [String: Any])?["timestamp"] as? String == "2023-11-14T22:13:20Z")

    for name in ["skills.json", "skills.lock"] {
      try FileManager.default.removeItem(atPath: "\(scene.place)/project/\(name)")
    }
    let recorded = try await scene.agentMesh(["skills", "export", project]).json()
    #expect((recorded["components"] as? [Any])?.count == 2)
  }
}
