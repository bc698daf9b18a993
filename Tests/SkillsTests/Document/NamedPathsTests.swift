import TestSupport
import Testing

@testable import Skills

@Suite struct NamedPathsTests {
  static let lines: [(String, String, Int?)] = [
    ("See [it](docs/a.md).", "docs/a.md", 1), ("See [it](docs/a.md).", "docs/", 1),
    ("one\ntwo `./run.sh`", "run.sh", 2),
    ("${CLAUDE_SKILL_DIR}/bin/tool...", "bin/tool", 1), ("{baseDir}/a.md#part and a.md", "a.md", 1),
    ("**my%20file.md**:", "my file.md", 1), ("docs/../.", "docs", 1), ("a.md\na.md", "a.md", 1),
    ("scripts/tool", "tool", nil), ("scripts", "scripts/", nil), ("/bin/tool", "bin/tool", nil),
    ("https://x.example/bin/tool", "bin/tool", nil), ("...", "", nil), ("a/b.md", "a/b", nil),
    (String(repeating: "a/", count: 17) + "b", "a/", nil),
    (String(repeating: "a", count: 961), String(repeating: "a", count: 961), nil),
  ]

  @Test(arguments: lines)
  func `tells the line of a path, and not of what only looks like it`(text: String, path: String, line: Int?) {
    #expect(NamedPaths(in: Array(text.utf8)).line(of: path) == line)
  }

  @Test(arguments: [
    ("scripts/tool", "tool", true), ("/opt/x/tool", "tool", true), ("https://x.example/tool?raw=1", "tool", true),
    ("\"$(dirname $0)/tool\"", "tool", true), ("run \"./my tool\" now", "my tool", true),
    ("my%20tool", "my tool", true), ("100%/my%20tool", "my tool", true), ("%zz%20%ff", "%zz%20%ff", true),
    ("x#y", "x#y", true), ("toolbox and ztool", "tool", false), ("tool/x", "tool", false), ("my x", "my tool", false),
  ])
  func `knows the name of a file behind every folder`(text: String, name: String, isNamed: Bool) {
    #expect(NamedPaths(in: Array(text.utf8)).mentions(name) == isNamed)
  }

  @Test(arguments: [".", "./", "a/", "~/", ".,;", "%2e", "a/ ", "*"])
  func `a hostile text does not hold it up`(piece: String) {
    let bytes = Array(String(repeating: piece, count: (1 << 18) / piece.utf8.count).utf8)
    #expect(processorTime { _ = NamedPaths(in: bytes) } < .seconds(5))
  }
}
