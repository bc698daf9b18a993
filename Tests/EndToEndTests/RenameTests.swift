import Foundation
import TestSupport
import Testing

/// An author takes another name while others have skills of the old one.
@Suite(.enabled(if: Program.find("curl") != nil), .timeLimit(.minutes(5))) struct RenameTests {
  private static let app =
    "---\nname: app\ndescription: Does what app does. Use it for that.\nmetadata:\n  version: 1.0.0\n"
    + "  dependencies: ada/tool@^1\n---\n\n# app\n"

  @Test func `a project keeps the old name until an update takes the new one over`() async throws {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser("ada")
    let ada = try Person(["AGENT_MESH_REGISTRY": registry.url])
    #expect(try await ada.logIn(at: registry, in: browser).status == 0)
    try ada.writeSkill("tool")
    try ada.folder.write("app/SKILL.md", Self.app)
    let friend = try Person(["AGENT_MESH_REGISTRY": registry.url])
    try friend.folder.folder("project")
    for skill in ["tool", "app"] {
      let published = try await ada.agentMesh(["skills", "publish", skill])
      #expect(published.status == 0, "\(published.errors)")
      let installed = try await friend.agentMesh(["skills", "install", "ada/\(skill)", "project"])
      #expect(installed.status == 0, "\(installed.errors)")
    }
    #expect(try await browser.submit("/settings/handle", ["handle": "anna"]).status == 303)

    let before = try files(of: friend)
    let frozen = try await friend.agentMesh(["skills", "install", "--frozen", "project"])
    #expect(frozen.status == 0, "\(frozen.errors)")
    let outdated = try await friend.agentMesh(["skills", "outdated", "project", "--human"])
    #expect(outdated.output.contains("is called anna/tool now"), "\(outdated.output)")
    #expect(try files(of: friend) == before)

    let updated = try await friend.agentMesh(["skills", "update", "project", "--human"])
    #expect(updated.status == 0, "\(updated.errors)")
    for name in ["app", "tool"] { #expect(updated.output.contains("ada/\(name) is called anna/\(name) now")) }
    for text in try files(of: friend) { #expect(text.contains("anna/tool") && !text.contains("ada/")) }
    let again = try await friend.agentMesh(["skills", "update", "project", "--json"])
    #expect(try again.json()["renamed"] as? [[String: String]] == [])
    for arguments in [["skills", "install", "--frozen", "project"], ["skills", "verify", "project"]] {
      let outcome = try await friend.agentMesh(arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }

  /// `skills.json`, `skills.lock`, and the record in the folder of the tool.
  private func files(of person: Person) throws -> [String] {
    try ["skills.json", "skills.lock", ".agents/skills/tool/.agent-mesh.json"].map { name in
      String(decoding: try person.folder.bytes("project/\(name)"), as: UTF8.self)
    }
  }
}
