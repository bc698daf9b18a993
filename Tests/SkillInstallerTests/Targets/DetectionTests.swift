import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SkillInstaller

struct DetectionTests {
  @Test(arguments: [
    ("claude-code", "home/.claude"), ("amp", "home/.config/amp"), ("openclaw", "home/.moltbot"),
    ("zed", "home/.config/zed"), ("windsurf", "home/.codeium/windsurf"), ("kilo", "home/.kilocode"),
  ])
  func `a folder on the machine shows an agent`(id: String, place: String) throws {
    let machine = try AgentMachine()
    #expect(try machine.evidence(of: id) == [])
    try machine.folder.folder(place)
    #expect(try machine.evidence(of: id) == [.machine(machine.folder[place].string)])
  }

  @Test(arguments: [
    ("CLAUDE_CONFIG_DIR", "@/far", "claude-code", "far"), ("APPDATA", "@/roaming", "zed", "roaming/Zed"),
    ("FLATPAK_XDG_CONFIG_HOME", "@/flat", "zed", "flat/zed"), ("XDG_CONFIG_HOME", "@/a/../cfg", "goose", "cfg/goose"),
  ])
  func `a variable moves the sign`(variable: String, value: String, id: String, place: String) throws {
    let machine = try AgentMachine([variable: value])
    try machine.folder.folder("home/.claude")
    try machine.folder.folder("home/.config/goose")
    #expect(try machine.evidence(of: id) == [])
    try machine.folder.folder(place)
    #expect(try machine.evidence(of: id) == [.machine(machine.folder[place].string)])
  }

  @Test(arguments: [
    ("astrbot", "data/skills"), ("codebuddy", ".codebuddy"), ("continue", ".continue"), ("jazz", ".jazz"),
    ("replit", ".replit"), ("promptscript", ".promptscript"), ("promptscript", "promptscript.yaml"),
  ])
  func `a file or folder of the project shows an agent`(id: String, place: String) throws {
    let machine = try AgentMachine()
    #expect(try machine.evidence(of: id) == [])
    try machine.folder.write("project/\(place)", "x")
    #expect(try machine.evidence(of: id) == [.project(place)])
    #expect(try Agent.named(id).evidence(project: nil, in: machine.environment) == [])
  }

  @Test func `every sign that holds is told`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("home/.continue")
    try machine.folder.folder("project/.continue")
    #expect(
      try machine.evidence(of: "continue") == [
        .project(".continue"), .machine(machine.folder["home/.continue"].string),
      ])
  }

  @Test func `an agent without signs is never detected`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/.agents/skills")
    try machine.folder.folder("home/.agents/skills")
    #expect(try machine.evidence(of: "universal") == [])
    #expect(Agent.used(project: machine.project, in: machine.environment).allSatisfy { $0.id == "codex" })
  }

  @Test func `the detected agents come in the order of the table`() throws {
    let machine = try AgentMachine()
    for place in ["project/.replit", "home/.cursor", "home/.claude", "home/.zencoder"] {
      try machine.folder.folder(place)
    }
    let found = Agent.used(project: machine.project, in: machine.environment).map(\.id)
    #expect(found.filter { $0 != "codex" } == ["claude-code", "cursor", "replit", "zencoder", "zenflow"])
  }

  @Test(arguments: ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"])
  func `an agent that is a dependency needs its folder and the entry`(section: String) throws {
    let machine = try AgentMachine()
    try machine.folder.write("project/package.json", #"{"\#(section)": {"eve": "^1"}}"#)
    #expect(try machine.evidence(of: "eve") == [])
    try machine.folder.folder("project/agent")
    #expect(try machine.evidence(of: "eve") == [.project("agent"), .project("package.json (eve)")])
    try machine.folder.write("project/package.json", #"{"\#(section)": {"evelyn": "1"}, "name": "eve"}"#)
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test(arguments: [
    "", "{", "[]", "null", #""eve""#, #"{"dependencies": null}"#, #"{"dependencies": ["eve"]}"#,
    #"{"dependencies": "eve"}"#, #"{"scripts": {"eve": "1"}}"#, #"{"dependencies": {"a": {"eve": "1"}}}"#,
    String(repeating: "[", count: 100_000),
  ])
  func `a package file that says nothing usable is no evidence`(text: String) throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    try machine.folder.write("project/package.json", text)
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test func `a package file over the limit is no evidence`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    let text = #"{"dependencies": {"eve": "1"}}"# + String(repeating: " ", count: PackageFile.maximumBytes)
    try machine.folder.write("project/package.json", text)
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test func `a package file of exactly the limit is read`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    let text = #"{"dependencies": {"eve": "1"}}"#
    let padding = String(repeating: " ", count: PackageFile.maximumBytes - text.utf8.count)
    try machine.folder.write("project/package.json", text + padding)
    #expect(try machine.evidence(of: "eve").count == 2)
  }

  @Test func `a package file that leads out of the project is not read`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    try machine.folder.write("outside.json", #"{"dependencies": {"eve": "1"}}"#)
    try machine.folder.link("project/package.json", to: "../outside.json")
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a package file that is a pipe is not waited for`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    #expect(mkfifo(machine.folder["project/package.json"].string, 0o600) == 0)
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test func `a package file that is a folder is no evidence`() throws {
    let machine = try AgentMachine()
    try machine.folder.folder("project/agent")
    try machine.folder.folder("project/package.json")
    #expect(try machine.evidence(of: "eve") == [])
  }

  @Test func `a link that leads nowhere is no evidence`() throws {
    let machine = try AgentMachine()
    try machine.folder.link("home/.claude", to: "gone")
    try machine.folder.link("project/.continue", to: ".continue")
    #expect(try machine.evidence(of: "claude-code") == [])
    #expect(try machine.evidence(of: "continue") == [])
  }

  @Test(arguments: ["", "./", "./../x", "./a//b", "dep:", "a | b", "~/a & x", "~/a &~/b", " | "])
  func `signs that are written in another way are refused`(text: String) {
    #expect(AgentSigns(text) == nil)
  }

  @Test func `an agent of the machine alone gets no folder of its own in a project that nobody asked for`() throws {
    let machine = try AgentMachine()
    for place in ["home/.claude", "home/.augment", "home/.qoder", "home/.codex"] { try machine.folder.folder(place) }
    try machine.folder.folder("project/.qoder")
    let found = Agent.detected(project: machine.project, in: machine.environment).map(\.id)
    #expect(found == ["claude-code", "codex", "qoder"])
    #expect(Agent.detected(project: nil, in: machine.environment).map(\.id).contains("augment"))
  }
}
