import Foundation
import Testing

@testable import SkillInstaller

struct TargetStatusTests {
  @Test func `every agent has a line that says how it stands to a project`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("home/.cursor")
    try machine.folder.folder("project/.roo/skills")
    try machine.folder.write("project/.bob/skills", "a file")
    let targets = try InstallTargets(project: machine.project, agents: ["roo", "codex"])
    let lines = TargetStatus.all(in: targets, project: machine.project, machine.environment)
    #expect(lines.map(\.id) == Agent.all.map(\.id))
    #expect(lines.filter(\.isChosen).map(\.id) == ["codex", "roo"])
    #expect(lines.filter(\.folderExists).map(\.id) == ["roo"])
    #expect(lines.count { $0.readsSharedFolder } == 22)
    let cursor = try #require(lines.first { $0.id == "cursor" })
    #expect(cursor.folder == Agent.sharedFolder)
    #expect(cursor.isDetected)
    #expect(cursor.detectedBy == [.machine(machine.folder["home/.cursor"].string)])
  }

  @Test func `the lines of a user name folders of a user`() throws {
    let machine = try AgentMachine(["XDG_CONFIG_HOME": "@/cfg"])
    try machine.folder.folder("home/.agents/skills")
    try machine.folder.folder("cfg/goose/skills")
    let targets = try InstallTargets(user: machine.environment, agents: ["goose"])
    let lines = TargetStatus.all(in: targets, project: nil, machine.environment)
    let folders = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0.folder) })
    #expect(folders["goose"] == machine.folder["cfg/goose/skills"].string)
    #expect(folders["cursor"] == ".cursor/skills")
    #expect(folders["codex"] == Agent.sharedFolder)
    #expect(folders["eve"] == .some(nil))
    #expect(lines.filter(\.isChosen).map(\.id) == ["goose"])
    #expect(Set(lines.filter(\.folderExists).map(\.folder)) == [Agent.sharedFolder, folders["goose"]!])
  }

  @Test func `a line as JSON says where its evidence is`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("home/.continue")
    try machine.folder.folder("project/.continue")
    let targets = try InstallTargets(project: machine.project)
    let lines = TargetStatus.all(in: targets, project: machine.project, machine.environment)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(lines.first { $0.id == "continue" }), as: UTF8.self)
    let machinePath = machine.folder["home/.continue"].string
    #expect(json.contains(##""detectedBy":[{"project":".continue"},{"machine":"\##(machinePath)"}],"folder""##))
  }
}
