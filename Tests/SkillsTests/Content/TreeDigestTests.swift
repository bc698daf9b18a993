import Foundation
import Skills
import Testing

@Suite struct TreeDigestTests {
  private func entry(_ path: String, _ content: String, executable: Bool = false) throws -> FileManifest.Entry {
    FileManifest.Entry(
      path: try SkillPath(parsing: path), size: content.utf8.count, digest: Digest(of: Array(content.utf8)),
      isExecutable: executable)
  }

  @Test func `is SHA-256 over one line for each file, sorted by bytes`() throws {
    let manifest = FileManifest([
      try entry("b.sh", "x", executable: true), try entry("SKILL.md", "y"), try entry("a", "z"),
    ])
    let lines = try [("SKILL.md", "y", "644"), ("a", "z", "644"), ("b.sh", "x", "755")].map { path, content, mode in
      "\(Digest(of: Array(content.utf8)).hexadecimal)  \(mode)  \(try SkillPath(parsing: path))\n"
    }
    let digest = Digest(of: Array(lines.joined().utf8))
    #expect(manifest.treeDigest.description == "t1:" + Data(digest.bytes).base64EncodedString())
    #expect(manifest.entries.map(\.path.string) == ["SKILL.md", "a", "b.sh"])
    #expect(manifest.totalSize == 3)
  }

  @Test func `changes with a name, a content or the executable bit, and with nothing else`() throws {
    let base = FileManifest([try entry("SKILL.md", "y"), try entry("a", "z")])
    let same = FileManifest([try entry("a", "z"), try entry("SKILL.md", "y")])
    #expect(base.treeDigest == same.treeDigest)
    let others = [
      FileManifest([try entry("SKILL.md", "y"), try entry("b", "z")]),
      FileManifest([try entry("SKILL.md", "y"), try entry("a", "w")]),
      FileManifest([try entry("SKILL.md", "y"), try entry("a", "z", executable: true)]),
      FileManifest([try entry("SKILL.md", "y")]),
    ]
    #expect(Set(others.map(\.treeDigest) + [base.treeDigest]).count == 5)
  }

  @Test func `is read back from its text`() throws {
    let digest = FileManifest([try entry("SKILL.md", "y")]).treeDigest
    #expect(TreeDigest(digest.description) == digest)
    let data = try JSONEncoder().encode([digest])
    #expect(try JSONDecoder().decode([TreeDigest].self, from: data) == [digest])
  }

  @Test(arguments: [
    "", "t1:", "t1:AAAA", "h1:" + String(repeating: "A", count: 43) + "=", "t1:" + String(repeating: "A", count: 44),
    // The same 32 bytes with other bits where padding is.
    "t1:" + String(repeating: "A", count: 42) + "B=", "t1:" + String(repeating: "A", count: 43),
    "t1:" + String(repeating: "A", count: 42) + "-=", "t1:" + String(repeating: "A", count: 41) + "=A=",
    "t1:" + String(repeating: "A", count: 41) + "ä=", "t1" + String(repeating: "A", count: 44) + "=",
  ])
  func `refuses what is no tree digest`(text: String) {
    #expect(TreeDigest(text) == nil)
  }

  @Test func `takes the one spelling of 32 bytes in base64`() {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for last in alphabet {
      let text = String(alphabet.prefix(42)) + "\(last)="
      let isCanonical = Data(base64Encoded: text)?.base64EncodedString() == text
      #expect((TreeDigest("t1:" + text) != nil) == isCanonical, "\(text)")
      let other = "\(last)" + String(alphabet.suffix(42)).dropLast() + "A="
      #expect(TreeDigest("t1:" + other) != nil, "\(other)")
    }
  }

  @Test func `finds an entry by its path`() throws {
    let manifest = FileManifest([try entry("SKILL.md", "yy"), try entry("a", "z")])
    #expect(manifest[.skillMarkdown]?.size == 2)
    #expect(manifest[try SkillPath(parsing: "b")] == nil)
  }
}
