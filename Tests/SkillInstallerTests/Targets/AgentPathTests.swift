import Foundation
import SystemPackage
import Testing

@testable import SkillInstaller

struct AgentPathTests {
  private static let variables = ["HOME": "/home/ann", "XDG_CONFIG_HOME": "/cfg", "APPDATA": "/roaming"]

  @Test(arguments: [
    ("~/.claude/skills", "/home/ann/.claude/skills"),
    ("/etc/codex", "/etc/codex"),
    ("/Applications/MiniMax Code.app", "/Applications/MiniMax Code.app"),
    ("${XDG_CONFIG_HOME:-~/.config}/amp", "/cfg/amp"),
    ("${XDG_CONFIG_HOME:-~/.config}", "/cfg"),
    ("${CODEX_HOME:-~/.codex}", "/home/ann/.codex"),
    ("${CODEX_HOME:-~/.codex}/skills", "/home/ann/.codex/skills"),
    ("%APPDATA%/Zed", "/roaming/Zed"),
    ("$XDG_CONFIG_HOME/zed", "/cfg/zed"),
    ("$FLATPAK_XDG_CONFIG_HOME/zed", nil),
    ("%CODEX_HOME%/Zed", nil),
  ])
  func `a path is below the home, a variable or its default`(text: String, path: String?) throws {
    let written = try #require(AgentPath(text))
    #expect(written.path(in: AgentEnvironment(environment: Self.variables))?.string == path)
  }

  @Test(arguments: [
    "", "~", "~x/y", "~/", "~//a", "~/a//b", "~/a/", "~/../a", "~/a/./b", "relative/x", "./x", "/", "//x", "$", "$/x",
    "$x/y", "$XDG CONFIG/x", "$XDG_CONFIG_HOME", "%X/y", "%%/y", "%X%", "%X%y", "${X}/y", "${X:-/abs}/y",
    "${X:-~/..}/y", "${:-~/x}/y", "${X:-~/x", "${X:-~/x}y", "${X:-~/x}/../y", "~/$X/y", "~/~/y", "~/{a}",
  ])
  func `another way of writing is refused`(text: String) {
    #expect(AgentPath(text) == nil)
  }

  @Test(arguments: ["", " ", ".", "..", "config", "./config", "../../etc", "~/x", "C:\\Users\\ann", "/a\u{0}b"])
  func `a variable that is no absolute path counts as unset`(value: String) throws {
    let environment = AgentEnvironment(environment: ["HOME": "/home/ann", "XDG_CONFIG_HOME": value])
    #expect(environment.variables.isEmpty)
    let path = try #require(AgentPath("${XDG_CONFIG_HOME:-~/.config}/amp"))
    #expect(path.paths(in: environment) == ["/home/ann/.config/amp"])
  }

  @Test(arguments: [
    ("/a/../../../etc", "/etc"), ("/a/./b//c/", "/a/b/c"), ("/..", "/"), ("/a b/ü", "/a b/ü"), ("/a\n/b", "/a\n/b"),
  ])
  func `dots in a variable are resolved in the text`(value: String, path: String) {
    let environment = AgentEnvironment(environment: ["HOME": value, "CODEX_HOME": value])
    #expect(environment.home.string == path)
    #expect(environment.variables == ["CODEX_HOME": path])
  }

  @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"], ["HOME": "../x"]])
  func `a home that is not absolute is asked of the system`(environment: [String: String]) {
    let home = AgentEnvironment(environment: environment).home
    #expect(home == FilePath(NSHomeDirectory()).lexicallyNormalized())
    #expect(home.isAbsolute)
  }

  @Test func `variables that no agent names are not kept`() {
    let environment = AgentEnvironment(environment: ["HOME": "/h", "TOKEN": "/secret", "GROK_HOME": "/g"])
    #expect(environment.variables == ["GROK_HOME": "/g"])
  }
}
