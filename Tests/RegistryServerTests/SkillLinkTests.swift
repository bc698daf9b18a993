import HTTPTransport
import SkillArchive
import Skills
import Testing

@testable import RegistryServer

/// Links and images of Markdown files that name other files of their skill.
@Suite struct SkillLinkTests {
  private static let files = [
    "SKILL.md", "docs/guide.md", "docs/deep/part.md", "docs/a b&c.md", "docs/caf\u{E9}.md", "scripts/run.sh",
    "assets/shot.png", "assets/plan.SVG", "LICENSE",
  ]
  private static let start = "/authors/acme/skills/sample/versions/1.0.0"

  private func links(from file: String) throws -> SkillLinks {
    let digest = Digest(of: Array("x".utf8))
    let entries = try Self.files.map { file in
      FileManifest.Entry(path: try SkillPath(parsing: file), size: 1, digest: digest, isExecutable: false)
    }
    let paths = VersionPaths(of: try SkillName(parsing: "acme/sample"), try SemanticVersion(parsing: "1.0.0"))
    return SkillLinks(from: try SkillPath(parsing: file), in: FileManifest(entries), at: paths)
  }

  private func html(_ markdown: String, from file: String = "SKILL.md") throws -> String {
    try #require(MarkdownDocument.html(of: MarkdownSource(markdown, links: try links(from: file))))
  }

  @Test(arguments: [
    ("SKILL.md", "LICENSE", "LICENSE"), ("SKILL.md", "docs/guide.md", "docs/guide.md"),
    ("SKILL.md", "./docs/./guide.md", "docs/guide.md"), ("SKILL.md", "docs/deep/../guide.md", "docs/guide.md"),
    ("docs/guide.md", "deep/part.md", "docs/deep/part.md"), ("docs/guide.md", "../scripts/run.sh", "scripts/run.sh"),
    ("docs/deep/part.md", "../../SKILL.md", "SKILL.md"), ("docs/guide.md", "guide.md", "docs/guide.md"),
    ("SKILL.md", "docs/a%20b%26c.md", "docs/a%20b%26c.md"), ("SKILL.md", "docs/a b&c.md", "docs/a%20b%26c.md"),
    ("SKILL.md", "docs%2Fguide.md", "docs/guide.md"), ("docs/guide.md", "%2e%2e/LICENSE", "LICENSE"),
    ("SKILL.md", "docs/caf%C3%A9.md", "docs/caf%C3%A9.md"), ("SKILL.md", "docs/cafe\u{301}.md", "docs/caf%C3%A9.md"),
    ("SKILL.md", "LICENSE?raw=1", "LICENSE"), ("SKILL.md", "LICENSE#terms", "LICENSE"),
    ("SKILL.md", "scripts/run.sh#L7", "scripts/run.sh#L7"), ("SKILL.md", "scripts/run.sh#L7-L9", "scripts/run.sh#L7"),
    ("SKILL.md", "docs/guide.md?x#L7", "docs/guide.md?view=source#L7"),
    ("SKILL.md", "scripts/run.sh#L7x", "scripts/run.sh"), ("SKILL.md", "scripts/run.sh#L99999999", "scripts/run.sh"),
    ("SKILL.md", "assets/plan.SVG", "assets/plan.SVG"),
  ])
  func `an address from a file leads to the page of another one`(file: String, address: String, page: String) throws {
    #expect(try links(from: file).page(at: address) == "\(Self.start)/files/\(page)")
  }

  @Test(arguments: [
    "", ".", "./", "..", "#", "#L1", "?", "?next=/logout", "docs", "docs/", "docs/guide.md/", "docs//guide.md",
    "absent.md", "skill.md", "../SKILL.md", "docs/../../SKILL.md", "docs/../../sample/SKILL.md", "%2e%2e/SKILL.md",
    "..%2fSKILL.md", "%252e%252e/SKILL.md", "docs%252Fguide.md", "docs/%2e%2e/%2e%2e/SKILL.md", "/SKILL.md",
    "%2FSKILL.md", "//LICENSE", "///LICENSE", "//elsewhere.example/LICENSE", "\\LICENSE", "docs\\guide.md",
    "docs%5Cguide.md", "LICENSE%00", "LICENSE%", "LICENSE%zz", "%ff", " LICENSE", "LICENSE ", "LICENSE%0A",
    "javascript:LICENSE", "file:LICENSE", "data:LICENSE", "x:LICENSE", "https:LICENSE", "https:///LICENSE",
    "/authors/acme/skills/sample/versions/1.0.0/files/LICENSE", "/logout", "../../../../../settings/tokens",
  ])
  func `every other address leads to no file`(address: String) throws {
    let links = try links(from: "SKILL.md")
    #expect(links.page(at: address) == nil)
    #expect(links.image(at: address) == nil)
  }

  private static let rendered: [(markdown: String, expected: String)] = [
    ("[l](LICENSE)", "<p><a href=\"\(start)/files/LICENSE\">l</a></p>\n"),
    ("[l](LICENSE \"t\")", "<p><a href=\"\(start)/files/LICENSE\" title=\"t\">l</a></p>\n"),
    ("[l]\n\n[l]: ./LICENSE", "<p><a href=\"\(start)/files/LICENSE\">l</a></p>\n"),
    ("[**l**](absent) [m](/LICENSE)", "<p><strong>l</strong> m</p>\n"),
    ("[h](https://a.org/LICENSE)", "<p><a rel=\"nofollow noopener ugc\" href=\"https://a.org/LICENSE\">h</a></p>\n"),
    ("![s](assets/shot.png)", "<p><img loading=\"lazy\" src=\"\(start)/raw/assets/shot.png\" alt=\"s\" /></p>\n"),
    (
      "![s](./assets/plan.SVG?raw=1)",
      "<p><img loading=\"lazy\" src=\"\(start)/raw/assets/plan.SVG\" alt=\"s\" /></p>\n"
    ),
    (
      "[![s](assets/shot.png)](LICENSE)",
      "<p><a href=\"\(start)/files/LICENSE\">"
        + "<img loading=\"lazy\" src=\"\(start)/raw/assets/shot.png\" alt=\"s\" /></a></p>\n"
    ),
    ("![the *text*](https://a.org/shot.png)", "<p>the <em>text</em></p>\n"),
    ("![s](LICENSE) ![t](absent.png) ![u](/assets/shot.png) ![v](../assets/shot.png)", "<p>s t u v</p>\n"),
    (
      "![\"><script>](assets/shot.png)",
      "<p><img loading=\"lazy\" src=\"\(start)/raw/assets/shot.png\" alt=\"&quot;&gt;&lt;script&gt;\" /></p>\n"
    ),
  ]

  @Test(arguments: rendered)
  func `own files are links and images, other sites are marked, and the rest is text`(
    markdown: String, expected: String
  ) throws {
    #expect(try html(markdown) == expected)
  }

  @Test func `links and images on the pages of a skill are there, whatever the page and the version`() async throws {
    let server = try await TestServer.start()
    let body = "[guide](docs/guide.md) ![shot](assets/shot.png)"
    let guide = "# Guide\n\n[back](../SKILL.md#L2) ![shot](../assets/shot.png)\n"
    let files = [
      "SKILL.md": Sample.markdown(body: body), "docs/guide.md": guide, "assets/shot.png": "\u{0}no picture",
    ]
    let packed = try SkillPacker.pack(
      files: files.sorted { $0.key < $1.key }.map { path, text in
        PackedFile(path: try SkillPath(parsing: path), bytes: Array(text.utf8))
      })
    #expect(try await server.publish(package: packed.bytes).status == 201)
    for page in ["", "/versions/1.0.0", "/versions/1.0.0/files/docs/guide.md"] {
      let text = try await server.send(.get, "/authors/acme/skills/sample" + page).text
      let prose = try #require(text.firstMatch(of: #/<div class="prose">([\s\S]*?)<\/div>/#)?.output.1)
      let targets = prose.matches(of: #/(?:href|src)="([^"#]*)/#).map { String($0.output.1) }
      #expect(targets.count == 2, "\(prose)")
      for target in targets { #expect(try await server.send(.get, target).status == 200, "\(target)") }
    }
  }
}
