import Foundation
import Testing

/// `skills validate` and `skills pack` agree on what can be published.
@Suite struct AuthorValidationTests {
  private func errors(_ author: AuthorFolder, _ arguments: [String], in place: String = ".") async throws
    -> [AuthorFolder.Complaint]
  {
    try await author.findings(arguments, in: place).filter { $0.severity == "error" }
  }

  @Test func `what packing alone can tell is told by a check, too`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("empty/SKILL.md", AuthorFolder.text("empty"))
    try author.folder.write("empty/zeros.bin", [UInt8](repeating: 0, count: 8 << 20))
    let found = try await errors(author, ["empty"])
    #expect(found.map(\.rule) == ["archive-rule"])
    #expect(found.first?.message.hasSuffix("[ratio-exceeded]") == true, "\(found)")
    #expect(try await author.agentMesh(["skills", "pack", "empty"]).status != 0)
    #expect(try await errors(author, ["--lenient", "empty"]).isEmpty)
  }

  @Test func `every file that no archive may hold is named with its rule and its remedy`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe"))
    for name in ["a:b.md", "docs/con.txt", "ß.md", "SS.md"] { try author.folder.write("probe/\(name)", "x") }
    let found = try await errors(author, ["probe"])
    #expect(found.map(\.file) == ["probe/a:b.md", "probe/docs/con.txt", "probe/ß.md"])
    let codes = ["[name-forbidden-character]", "[name-reserved]", "[colliding-names]"]
    #expect(zip(found, codes).allSatisfy { $0.message.hasSuffix($1) }, "\(found)")
    #expect(Set(found.map(\.remedy)).count == 2)
    let packed = try await author.agentMesh(["skills", "pack", "probe", "--dry-run"])
    #expect(packed.status != 0)
    #expect(codes.allSatisfy { packed.output.contains($0) }, "\(packed.output)")
  }

  @Test func `what says that it is private is not published for everybody, and nothing is sent`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe", "metadata:\n  private: \"true\"\n"))
    let refused = try await author.agentMesh(["skills", "publish", "probe", "--dry-run", "--no-private"])
    #expect(refused.status == 2)
    #expect(refused.output.contains("--no-private"), "\(refused.output)")
    for flags in [[], ["--private"]] {
      let planned = try await author.agentMesh(["skills", "publish", "probe", "--dry-run"] + flags)
      #expect(planned.status == 0, "\(planned.output)")
    }
  }

  @Test func `the main file is called by the name that it has`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/Skill.md", AuthorFolder.text("probe", "private: maybe\n"))
    let found = try await author.findings(["probe"])
    #expect(Set(found.map(\.file)) == ["probe/Skill.md"])
    #expect(found.contains { $0.rule == "main-file-spelling" && $0.severity == "warning" })
    #expect(try await errors(author, ["--portable", "probe"]).contains { $0.rule == "main-file-spelling" })
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe"))
    let both = try await errors(author, ["probe"])
    #expect(both.map(\.file) == ["probe/Skill.md"])
    #expect(both.first?.message.contains("'SKILL.md' is a main file, too") == true, "\(both)")
  }

  @Test func `what lies too deep, and an ignore file that is none, is never passed over`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe"))
    try author.folder.write("probe/" + (1...30).map { "f\($0)/" }.joined() + "lost.md", "x")
    try author.folder.link("probe/.skillignore", to: "/etc/hostname")
    let found = try await errors(author, ["probe"])
    #expect(found.contains { $0.message.hasSuffix("[name-too-deep]") }, "\(found)")
    #expect(found.contains { $0.message.contains("'.skillignore' must be a regular file") }, "\(found)")
  }

  /// Names, folding and sorting never ask the locale.
  @Test(arguments: ["C", "tr_TR.UTF-8", nil]) func `the main road is the same in every locale`(locale: String?)
    async throws
  {
    let variables = locale.map { ["LC_ALL": $0, "LANG": $0] } ?? [:]
    let author = try AuthorFolder()
    try author.folder.write("title-index/SKILL.md", AuthorFolder.text("title-index"))
    try author.folder.write("title-index/INDEX/İıÏ-日本.md", "x")
    for command in [
      ["validate", "title-index"], ["version", "minor", "title-index"], ["pack", "title-index", "-o", "out"],
    ] {
      let outcome = try await author.agentMesh(["skills"] + command, variables: variables)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)\(outcome.output)")
    }
    let packed = try await author.agentMesh(["skills", "pack", "title-index", "-o", "again"], variables: variables)
      .json()
    #expect(packed["files"] as? [String] == ["INDEX/İıÏ-日本.md", "SKILL.md"])
    #expect(
      packed["digest"] as? String
        == (try await author.agentMesh(["skills", "pack", "title-index", "-o", "third"]).json()["digest"] as? String))
  }
}
