import Foundation
import SkillArchive
import TestSupport
import Testing

@Suite struct IgnoreRulesTests {
  /// Lines of one ignore file each.
  private static let files: [[String]] = [
    ["*.log"], ["/*.log"], ["logs/"], ["/logs/"], ["logs"], ["docs/*.md"], ["**/cache"], ["**/cache/"], ["a/**"],
    ["a/**/z"], ["/**/z.md"], ["**"], ["*"], ["/*"], ["*", "!*.md"], ["*", "!*/", "!*.md"], ["/*", "!/docs"],
    ["docs/", "!docs/keep.md"], ["docs/*", "!docs/keep.md"], ["!docs", "docs"], ["#comment", "\\#hash"], ["\\!bang"],
    ["!bang"], ["tail  "], ["tail\\ "], ["tail \\ "], ["a\\*b"], ["[ab].md"], ["[!ab].md"], ["[^ab].md"], ["[a-c].md"],
    ["[]-].md"], ["[[:digit:]]*"], ["[[:upper:]]*"], ["[[:space:]]x"], ["[[:nope:]]x"], ["[a"], ["a]"], ["?.md"],
    ["??.md"],
    ["a?z"], ["a/?/z"], ["*/z"], ["a/*/z"], ["a/***/z"], ["***"], ["a**z"], ["**z"], ["z**"], ["a/b"], ["/a/b"], ["b"],
    ["a/b/"],
    ["foo/", "!foo/"], ["*.md", "!a.md", "a.md"], [""], ["   "], ["/"], ["//"], ["a//b"], ["ü.md"], ["?ü.md"], ["*é*"],
    ["trail\\"],
    ["[\\]]x"], ["[a\\-c].md"], ["x[/]y"], ["[!a]"], ["docs/**/*.md"], ["**/docs/**"], ["*.[lm][od]*"],
    ["a/**", "!a/b"],
    ["*.md\r"], ["\u{FEFF}*.md"], ["b/", "a/b/z"], ["keep.*", "!keep.md"], ["\\a.md"], ["a\\/b"], ["[[:alpha:]-].md"],
  ]

  private static let paths = [
    "a.md", "b.md", "c.md", "-.md", "].md", "ab.md", "Z.md", "9.md", "x.log", "logs/x.log", "logs/y", "sub/logs/z",
    "sub/x.log",
    "docs/a.md", "docs/keep.md", "docs/deep/a.md", "docs/deep/keep.md", "cache/x", "sub/cache/y", "a/z", "a/b/z",
    "a/b/c/z",
    "a/x/z.md", "z.md", "aXz", "az", "abz", "zed", "a*b", "a]", "[a", "#hash", "#comment", "!bang", "bang", "tail",
    "tail ",
    "tail  ", "foo/bar", "sub/foo/bar", "ü.md", "xü.md", "café", "trail\\", "]x", " x", "x/y", "keep.md", "keep.txt",
    "sub/a/b/z",
  ]

  private static let hasGit = FileManager.default.isExecutableFile(atPath: "/usr/bin/git")

  @Test(.enabled(if: hasGit)) func `patterns mean what they mean to git`() throws {
    let folder = try TemporaryFolder()
    try run("/usr/bin/git", "init", "-q", folder.path.string)
    for path in Self.paths { try folder.write(path, "x") }
    let asked = Self.paths.map { $0 + "\u{0}" }.joined()
    for lines in Self.files {
      let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
      try folder.write(".git/info/exclude", bytes)
      // Echoes the paths that are ignored, and nothing of the others.
      let answer = try output(
        of: "/usr/bin/git", ["check-ignore", "-z", "--stdin", "--no-index"], in: folder.path.string, input: asked)
      let theirs = Set(answer.text.split(separator: "\u{0}").map(String.init))
      let rules = IgnoreRules(parsing: bytes)
      let ours = Set(Self.paths.filter { rules.ignores($0) })
      #expect(ours == theirs, "\(lines): only ours \(ours.subtracting(theirs)), only git's \(theirs.subtracting(ours))")
    }
  }

  @Test func `a pattern made to be slow is not`() {
    let stars = String(repeating: "*a", count: 60) + "b"
    let folders = String(repeating: "**/a/", count: 60) + "b"
    let name = String(repeating: "a", count: 200)
    let path = (0..<100).map { _ in "a" }.joined(separator: "/")
    let time = processorTime {
      #expect(!IgnoreRules(lines: [stars]).ignores(name))
      #expect(!IgnoreRules(lines: [folders]).ignores(path))
    }
    #expect(time < .seconds(2))
  }
}

extension IgnoreRules {
  /// Whether a walk leaves a file out: it or a folder above it is ignored, from which nothing can be brought back.
  fileprivate func ignores(_ path: String) -> Bool {
    for index in path.indices where path[index] == "/" {
      if verdict(on: String(path[..<index]), isFolder: true) == .ignored { return true }
    }
    return verdict(on: path, isFolder: false) == .ignored
  }
}
