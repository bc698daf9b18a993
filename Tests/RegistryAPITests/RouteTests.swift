import RegistryAPI
import Skills
import Testing

@Suite struct RouteTests {
  private func name(_ text: String) throws -> SkillName { try SkillName(parsing: text) }

  @Test func `a route is filled with a name, a version and a path`() throws {
    let name = try name("acme/probe")
    #expect(Route.index.path(of: name) == "/index/acme/probe")
    #expect(Route.skill.path(of: name) == "/api/skills/acme/probe")
    let version = try SemanticVersion(parsing: "1.0.0-rc.1+build.5")
    #expect(
      Route.versionDownload.path(of: name, version: version)
        == "/api/skills/acme/probe/versions/1.0.0-rc.1%2Bbuild.5/download")
    let file = try SkillPath(parsing: "docs/a b/ä#%.md")
    #expect(
      Route.file.path(of: name, version: version, file: file)
        == "/api/skills/acme/probe/versions/1.0.0-rc.1%2Bbuild.5/files/docs/a%20b/%C3%A4%23%25.md")
  }

  @Test(arguments: Route.allCases)
  func `what a template is filled with comes out of it again`(route: Route) throws {
    let values = ["acme", "probe", "1.0.0+x y", "docs/ü/%2F.md"]
    let template = route.rawValue.split(separator: "/", omittingEmptySubsequences: false)
    let filled = route.path(values).split(separator: "/", omittingEmptySubsequences: false)
    let slots = template.indices.filter { template[$0].hasPrefix(":") || template[$0] == "**" }
    for (slot, value) in zip(slots, values) {
      let text = template[slot] == "**" ? filled[slot...].joined(separator: "/") : String(filled[slot])
      #expect(PercentEncoding.decode(text) == value)
    }
    #expect(!route.path(values).contains(":"))
    #expect(route.path(values).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
  }

  @Test func `no two routes have the same template`() {
    #expect(Set(Route.allCases.map(\.rawValue)).count == Route.allCases.count)
    #expect(Route.allCases.allSatisfy { $0.rawValue.hasPrefix("/") })
  }

  @Test(arguments: ["", "plain", "a/b", "%", "%41", "+", "ä", "日本", "😀", "\u{0}", "a b", "~-._", "\r\n", "é", "?&=#"])
  func `encoding and decoding are inverse`(text: String) {
    #expect(PercentEncoding.decode(PercentEncoding.component(text)) == text)
    #expect(PercentEncoding.decode(PercentEncoding.path(text)) == text)
    #expect(!PercentEncoding.component(text).contains("/"))
  }

  @Test(arguments: ["%", "%4", "%zz", "a%", "%FF", "%C3", "%C3%28", "%ED%A0%80", "% 41", "%+4", "%-1"])
  func `broken escapes and bytes that are not UTF-8 are nothing`(text: String) {
    #expect(PercentEncoding.decode(text) == nil)
  }
}
