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
    #expect(lines.map(\.agent) == Agent.all.map(\.id))
    #expect(lines.filter(\.chosen).map(\.agent) == ["codex", "roo"])
    #expect(lines.filter(\.folderExists).map(\.agent) == ["roo"])
    #expect(lines.count { $0.readsSharedFolder } == 22)
    let cursor = try #require(lines.first { $0.agent == "cursor" })
    #expect(cursor.folder == Agent.sharedFolder)
    #expect(cursor.detected)
    #expect(cursor.evidence == [.machine(machine.folder["home/.cursor"].string)])
  }

  @Test func `the lines of a user name folders of a user`() throws {
    let machine = try AgentMachine(["XDG_CONFIG_HOME": "@/cfg"])
    try machine.folder.folder("home/.agents/skills")
    try machine.folder.folder("cfg/goose/skills")
    let targets = try InstallTargets(user: machine.environment, agents: ["goose"])
    let lines = TargetStatus.all(in: targets, project: nil, machine.environment)
    let folders = Dictionary(uniqueKeysWithValues: lines.map { ($0.agent, $0.folder) })
    #expect(folders["goose"] == machine.folder["cfg/goose/skills"].string)
    #expect(folders["cursor"] == ".cursor/skills")
    #expect(folders["codex"] == Agent.sharedFolder)
    #expect(folders["eve"] == .some(nil))
    #expect(lines.filter(\.chosen).map(\.agent) == ["goose"])
    #expect(Set(lines.filter(\.folderExists).map(\.folder)) == [Agent.sharedFolder, folders["goose"]!])
  }

  @Test func `a line survives as JSON`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("home/.continue")
    try machine.folder.folder("project/.continue")
    let targets = try InstallTargets(project: machine.project)
    let lines = TargetStatus.all(in: targets, project: machine.project, machine.environment)
    let json = try JSONEncoder().encode(lines)
    #expect(try JSONDecoder().decode([TargetStatus].self, from: json) == lines)
    #expect(String(decoding: json, as: UTF8.self).contains(#"{"project":".continue"}"#))
  }
}
