import Foundation
import TestSupport
import Testing

extension InBrowser {
  /// The text of a stranger's skill on its page.
  @Suite struct HostileMarkdownPageTests {
    private static let piecesOnPage = 26

    private func publish(_ name: String, _ body: String, in scene: Scene) async throws {
      let head = "---\nname: \(name)\ndescription: A stranger's.\nmetadata:\n  version: 1.0.0\n---\n\n"
      try scene.write(head + body, to: "\(name)/SKILL.md")
      let published = try await scene.agentMesh(["skills", "publish", name])
      try #require(published.status == 0, "\(published.errors)")
    }

    /// Does to every element what a pointer or a keyboard could, and tells what has become of the page.
    ///
    /// A link whose address cannot be read leads nowhere; its protocol is `:`.
    private static let inspection = """
      const elements = [...document.querySelectorAll('*')];
      for (const element of elements) {
        for (const type of ['mouseover', 'pointerenter', 'focus', 'toggle', 'load', 'error', 'animationstart']) {
          element.dispatchEvent(new Event(type, {bubbles: true}));
        }
      }
      return [
        ...('ran' in window ? ['a script ran'] : []),
        ...elements.flatMap(element => element.getAttributeNames()).filter(name => /^(on|style$|srcdoc$)/.test(name)),
        ...[...document.links].map(link => link.protocol).filter(name => !/^(https?|mailto)?:$/.test(name)),
        ...[...document.querySelectorAll('iframe, object, embed, base, meta[http-equiv], script:not([src]), main style')]
          .map(element => element.outerHTML)
      ];
      """

    @Test func `runs nothing, loads nothing and closes nothing off, even without the policy of the page`() async throws
    {
      let scene = try await Scene.open()
      let pieces = HostileMarkdown.publishable
      let starts = Array(stride(from: 0, to: pieces.count, by: Self.piecesOnPage))
      for start in starts {
        try await publish(
          "pieces-\(start)", HostileMarkdown.document(of: pieces[start...].prefix(Self.piecesOnPage)), in: scene)
      }
      try await BrowserSession.run(at: scene.registry.url) { browser in
        for bypasses in [false, true] {
          try await browser.devTools("Page.setBypassCSP", ["enabled": bypasses])
          for start in starts {
            let path = "/authors/acme/skills/pieces-\(start)"
            try await browser.open(path)
            let found = try await browser.execute(Self.inspection) as? [String]
            #expect(found == [], "\(path)")
            let log = try await browser.expectQuiet("\(path)")
            #expect(log.statuses["\(browser.site)\(path)"] == 200)
            let count = min(Self.piecesOnPage, pieces.count - start)
            #expect(try await browser.count("//main//p[starts-with(., 'This was piece ')]") == count, "\(path)")
          }
        }
      }
    }

    @Test func `is shown as it is where it would take too long`() async throws {
      let scene = try await Scene.open()
      try await publish("huge", HostileMarkdown.hugeTable, in: scene)
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.open("/authors/acme/skills/huge")
        try await browser.see(that: "//pre[contains(., '|x|x|x') and contains(., '|-|-|-') and contains(., '|a')]")
        #expect(try await browser.count("//main//table//td[. = 'a']") == 0)
      }
    }
  }
}
