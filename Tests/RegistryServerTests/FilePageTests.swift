import HTTPTransport
import RegistryAPI
import Skills
import Testing

@testable import RegistryServer

/// The files of a version in a browser.
@Suite struct FilePageTests {
  private let path = "/authors/acme/skills/sample/versions/1.0.0"

  private func started(_ files: [String: String]) async throws -> TestServer {
    let server = try await TestServer.start()
    let answer = try await server.publish(package: Sample.packed(files: files).bytes)
    #expect(answer.status == 201, "\(answer.text)")
    return server
  }

  @Test func `files stand in their folders, and each leads to its page`() async throws {
    let server = try await started(["docs/a&b's.md": "x", "docs/deep/c.md": "y", "run.sh": "echo\n"])
    let page = try await server.send(.get, path + "/files").text
    #expect(page.contains("<span class=\"mono\">docs/</span>") && page.contains("<span class=\"mono\">deep/</span>"))
    #expect(page.contains("href=\"\(path)/files/docs/a%26b%27s.md\">a&amp;b&#39;s.md</a>"))
    #expect(page.contains("5 bytes, executable"))
    for link in page.matches(of: #/href="(\/authors[^"]*\/files\/[^"]*)"/#) {
      #expect(try await server.send(.get, String(link.output.1)).status == 200, "\(link.output.1)")
    }
    let second = try await server.send(.get, path + "/files?after=docs/a%26b%27s.md").text
    #expect(!second.contains("SKILL.md<") && second.contains("c.md<") && second.contains("First page"))
  }

  @Test func `a text is shown with numbers to link to, and never as anything but text`() async throws {
    let server = try await started(["x.html": "<script>alert(1)</script>\r\n\n&amp; {{name}}\n"])
    let page = try await server.send(.get, path + "/files/x.html")
    #expect(page.text.contains("<a href=\"#L1\">1</a>&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.text.contains("id=\"L3\"><a href=\"#L3\">3</a>&amp;amp; {{name}}\n"))
    #expect(!page.text.contains("id=\"L4\"") && !page.text.contains("<script>"))
    let raw = try #require(page.text.firstMatch(of: #/href="([^"]*\/raw\/x.html)"/#)?.output.1)
    let file = try await server.send(.get, String(raw))
    #expect(file.text.hasPrefix("<script>"))
    #expect(file.headers["Content-Type"] == "text/plain; charset=utf-8")
    #expect(file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox")
    #expect(file.headers["X-Content-Type-Options"] == "nosniff")
  }

  @Test func `what a page cannot show is named, and can be had as it is`() async throws {
    let large = (0..<100_000).map { "line \($0 * 7_919)\n" }.joined()
    let server = try await started(["bytes.bin": "a\u{0}b", "large.txt": large])
    for (file, words) in [("bytes.bin", "This file is not text."), ("large.txt", "This file is too large to show.")] {
      let page = try await server.send(.get, path + "/files/" + file)
      #expect(page.status == 200 && page.text.contains(words) && !page.text.contains("<pre class=\"code\">"), "\(file)")
      #expect(try await server.send(.get, path + "/raw/" + file).status == 200)
    }
  }

  @Test(arguments: [
    ("a.png", "image/png"), ("a.JPG", "image/jpeg"), ("a.gif", "image/gif"), ("a.webp", "image/webp"),
    ("a.svg", "image/svg+xml"), ("a.html", "text/plain; charset=utf-8"), ("png", "text/plain; charset=utf-8"),
    ("a.png.js", "text/plain; charset=utf-8"),
  ])
  func `an image is one to browsers whatever is in it, and nothing that they run`(
    file: String, type: String
  ) async throws {
    let server = try await started([file: "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"])
    let raw = try await server.send(.get, path + "/raw/" + file)
    #expect(raw.headers["Content-Type"] == type)
    #expect(raw.headers["Content-Security-Policy"] == "default-src 'none'; sandbox")
    #expect(raw.headers["X-Content-Type-Options"] == "nosniff")
    #expect(raw.headers["Content-Disposition"] == (file == "a.svg" ? "attachment" : nil))
    let api = try await server.send(.get, "/api/skills/acme/sample/versions/1.0.0/files/" + file)
    #expect(api.headers["Content-Type"] == "text/plain; charset=utf-8")
  }

  @Test func `Markdown is shown as what it means, its source beside it, and an image as a picture`() async throws {
    let note = "---\nname: note\nhooks: <b>\n---\n# Note\n\n<i>text</i>\n"
    let server = try await started(["docs/note.md": note, "a.png": "\u{0}", "plain.txt": "# Note\n"])
    let page = path + "/files/docs/note.md"
    let rendered = try await server.send(.get, page).text
    #expect(rendered.contains("<h3>Note</h3>") && rendered.contains("&lt;i&gt;") && !rendered.contains("id=\"L1\""))
    #expect(rendered.contains("hooks: &lt;b&gt;") && rendered.contains("<a href=\"\(page)?view=source\">source</a>"))
    let source = try await server.send(.get, page + "?view=source").text
    #expect(source.contains("id=\"L5\"") && !source.contains("<h3>Note</h3>"))
    #expect(source.contains("<a href=\"\(page)\">rendered</a>"))
    let plain = try await server.send(.get, path + "/files/plain.txt").text
    #expect(plain.contains("id=\"L1\"") && !plain.contains("view=source") && !plain.contains(">rendered<"))
    let image = try await server.send(.get, path + "/files/a.png").text
    #expect(image.contains("<img src=\"\(path)/raw/a.png\" alt=\"a.png\">"))
  }

  @Test func `the files of a private skill are there for its owner alone`() async throws {
    let server = try await TestServer.start()
    try await server.publish("sample", isPrivate: true)
    for end in ["", "/files", "/files/SKILL.md", "/raw/SKILL.md"] {
      let hidden = try await server.send(.get, path + end)
      let missing = try await server.send(.get, path.replacing("sample", with: "absent") + end)
      #expect(hidden.status == 404 && missing.status == 404, "\(end)")
      // The API takes no session, and no page a token.
      #expect(try await server.send(.get, path + end, token: server.token).status == 404, "\(end)")
    }
  }

  private static let texts: [(text: String, count: Int, isCut: Bool)] = [
    ("", 0, false), ("a", 1, false), ("a\n", 1, false), ("a\n\n", 2, false), ("\n", 1, false), ("a\r\nb", 2, false),
    (String(repeating: "x\n", count: CodeLines.maximumLines + 1), CodeLines.maximumLines, true),
    (String(repeating: "x", count: CodeLines.maximumBytes), 0, true),
    ("a\n" + String(repeating: "x", count: CodeLines.maximumBytes), 1, true),
  ]

  @Test(arguments: texts)
  func `lines are counted as editors count them, and a page ends somewhere`(text: String, count: Int, isCut: Bool) {
    let lines = CodeLines(text)
    #expect(lines.count == count)
    #expect(lines.isCut == isCut)
  }

  @Test(arguments: ["\u{202E}", "\u{2066}", "\u{E0041}", "\u{1B}", "\u{200F}"])
  func `what hides or reorders text is written out`(character: String) throws {
    let scalar = try #require(character.unicodeScalars.first)
    let html = CodeLines("a\(character)b").html
    #expect(html.contains("a<span class=\"hidden\">U+\(String(scalar.value, radix: 16, uppercase: true))</span>b"))
    #expect(!html.unicodeScalars.contains(scalar))
  }
}
