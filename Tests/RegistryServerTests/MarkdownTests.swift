import HTTPTransport
import Skills
import TestSupport
import Testing

@testable import RegistryServer

/// What strangers write as Markdown, as HTML of ours.
@Suite struct MarkdownTests {
  private func html(_ markdown: String) throws -> String {
    let name = try SkillName(parsing: "acme/sample")
    let paths = VersionPaths(of: name, try SemanticVersion(parsing: "1.0.0"))
    let links = SkillLinks(from: .skillMarkdown, in: FileManifest([]), at: paths)
    return try #require(MarkdownDocument.html(of: MarkdownSource(markdown, links: links)))
  }

  @Test(arguments: [
    ("# One", "<h3>One</h3>"), ("## Two\n#### Four\n## Two", "<h3>Two</h3>\n<h4>Four</h4>\n<h3>Two</h3>"),
    ("# A\n## B\n### C\n#### D\n##### E", "<h6>D</h6>\n<h6>E</h6>"), ("*a* **b** `c`", "<em>a</em> <strong>b</strong>"),
    ("~~gone~~", "<del>gone</del>"), ("| a |\n| - |\n| b |", "<td>b</td>"), ("```sh\nls <x>\n```", "ls &lt;x&gt;"),
    ("[t](https://a.org)", "<a rel=\"nofollow noopener ugc\" href=\"https://a.org\">t</a>"),
    ("see https://a.org/x", "<a rel=\"nofollow noopener ugc\" href=\"https://a.org/x\">"),
    ("[m](mailto:a@b.org)", "href=\"mailto:a@b.org\""),
    ("![the *text*](https://a.org/i.png)", "<p>the <em>text</em></p>"),
    ("[t](scripts/run.sh)", "<p>t</p>"), ("a <b>c</b>", "a <code>&lt;b&gt;</code>c<code>&lt;/b&gt;</code>"),
  ])
  func `Markdown comes out as what it means`(markdown: String, expected: String) throws {
    let html = try html(markdown)
    #expect(html.contains(expected), "\(html)")
  }

  @Test(arguments: HostileMarkdown.all)
  func `nothing hostile comes through`(piece: HostileMarkdown) throws {
    let whole = try html("before\n\n\(piece.markdown)\n\nafter")
    if let shown = piece.shown { #expect(whole.contains(shown), "\(whole)") }
    let html = whole.lowercased()
    let allowed: Set<Substring> = [
      "p", "a", "em", "strong", "code", "pre", "del", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
      "h3", "h4", "h5", "h6", "hr", "br", "blockquote",
    ]
    for tag in html.matches(of: #/<\/?([^\s>\/]*)([^>]*)>/#) {
      #expect(allowed.contains(tag.output.1), "\(html)")
      // An attribute has a name of these, and a value that ends where its quotation mark does.
      let rest = tag.output.2.replacing(#/ (href|rel|title|class|align|start)="[^"]*"/#, with: "")
      #expect(rest.allSatisfy { $0 == " " || $0 == "/" }, "\(html)")
    }
    for link in html.matches(of: #/href="([^"]*)"/#) {
      #expect(["https://", "http://", "mailto:"].contains { link.output.1.hasPrefix($0) }, "\(html)")
    }
    #expect(html.contains("after"))
  }

  @Test func `the page of a skill shows its text as HTML, and what needs too much as it is`() async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let page = try await server.send(.get, "/authors/acme/skills/sample")
    #expect(page.text.contains("<div class=\"prose\"><p>Text of 1.0.0.</p>"), "\(page.text)")
    let plain = try await TestServer.start(markdown: { _ in nil })
    try await plain.publish("sample")
    let shown = try await plain.send(.get, "/authors/acme/skills/sample")
    #expect(shown.text.contains("<pre class=\"text\">---"))
  }
}
