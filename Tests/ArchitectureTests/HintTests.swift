import Foundation
import Testing

/// How the texts of the program name commands.
@Suite struct HintTests {
  /// A command behind a colon that ends a literal with a full stop, which would be copied along.
  private static func commandsWithFullStop(in source: String) -> [String] {
    // What is interpolated may hold literals of its own, and one level of calls.
    let interpolation = /\\\((?:[^()"]|"[^"\n]*"|\((?:[^()"]|"[^"\n]*")*\))*\)/
    return source.replacing(/"\n *\+ "/, with: "").replacing(interpolation, with: "x")
      .matches(of: /(?:: agent-mesh(?:-registry)?|(?:: |")(?:git|ssh)) [^"\n]*\.(?:"|\n *""")/)
      .map { String($0.output) }
  }

  @Test func `no literal ends a command with a full stop`() throws {
    let files = try Checkout.swiftFiles(in: "Sources") + Checkout.swiftFiles(in: "Registry")
    #expect(files.count > 100)
    for file in files {
      let found = Self.commandsWithFullStop(in: try String(contentsOf: file, encoding: .utf8))
      #expect(found == [], "\(file.lastPathComponent)")
    }
  }

  @Test(arguments: [
    (#"hint: "See: agent-mesh skills tree.""#, 1), (#"hint: "See: agent-mesh skills tree""#, 0),
    (#"+ "ssh \(host).""#, 1), ("  See: agent-mesh help agents.\n      \"\"\"", 1),
    (#"": agent-mesh skills remove \(names.joined(separator: " ")).""#, 1),
    (#"": agent-mesh skills remove \(names.joined(separator: " "))""#, 0),
    ("\"Try: agent-mesh skills install \"\n  + \"'\\(name ?? \"x\")' --as y.\"", 1),
    ("/// As a person types it: agent-mesh skills tree.\n", 0), (#""agent-mesh said no: it is closed""#, 0),
  ])
  func `a command is found by the colon before it`(source: String, count: Int) {
    #expect(Self.commandsWithFullStop(in: source).count == count)
  }
}
