import Foundation
import Testing

/// What the documents say of commands and options, against what the program says of itself.
@Suite struct DocumentedTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let groups = ["skills", "cache", "tokens", "profile", "agents"]

  private func document(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  private func help(_ words: [String]) async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, ["help"] + words, environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], folder: "/")
  }

  /// Pieces of code in backticks and lines of code blocks.
  private func code(in text: String) -> [String] {
    var isBlock = false
    return text.split(separator: "\n").flatMap { line -> [String] in
      if line.hasPrefix("```") { isBlock.toggle() }
      return isBlock || line.hasPrefix("    ") ? [String(line)] : line.matches(of: /`([^`]+)`/).map { String($0.1) }
    }
  }

  /// The command at the beginning of a piece of code, such as `skills install`; nil when it is none.
  private func command(of piece: String) -> [String]? {
    var words = piece.split(separator: " ").map(String.init)
    let isWhole = words.first == "agent-mesh"
    if isWhole { words.removeFirst() }
    guard let first = words.first else { return nil }
    if Self.groups.contains(first) {
      guard words.count > 1, words[1].wholeMatch(of: /[a-z][a-z-]*/) != nil else { return nil }
      return [first, words[1]]
    }
    let accounts = [
      "login", "logout", "whoami", "status", "config", "help", "subscribe", "unsubscribe", "subscriptions", "discover",
      "call", "chat", "rate", "stats", "connect",
    ]
    return accounts.contains(first) || (isWhole && first.wholeMatch(of: /[a-z]+/) != nil) ? [first] : nil
  }

  private func options(in text: String) -> Set<String> {
    Set(text.matches(of: /(?:^|[^\w-])(--?[a-z][a-z-]*)/).map { String($0.1) })
  }

  /// Every option that a text has for a command is in the help of that command.
  private func check(_ options: Set<String>, of command: [String], in help: String, _ place: String) {
    let known = self.options(in: help)
    #expect(options.subtracting(known) == [], "\(command.joined(separator: " ")) in \(place)")
  }

  @Test(arguments: [
    "docs/commands.md", "docs/ci.md", "README.md", ".claude/skills/agent-mesh-skills/SKILL.md",
  ])
  func `every command that is written of exists, with the options that stand beside it`(path: String) async throws {
    var helps: [[String]: String] = [:]
    for piece in code(in: try document(path)) {
      guard let command = command(of: piece) else { continue }
      if helps[command] == nil {
        let outcome = try await help(command)
        #expect(outcome.status == 0, "\(command) in \(path)")
        helps[command] = outcome.output
      }
      // A comment behind a command, and what a pipe or another command follows with, is not of this one.
      let own = piece.split(separator: /[#|;&]/, omittingEmptySubsequences: false)[0]
      check(options(in: String(own)), of: command, in: helps[command] ?? "", path)
    }
    #expect(helps.count > 2)
  }

  @Test func `the tables have every command, and only options that it has`() async throws {
    let text = try document("docs/commands.md")
    var listed: Set<[String]> = []
    for row in text.split(separator: "\n") where row.hasPrefix("| `") {
      let names = row.split(separator: "|")[0].matches(of: /`([^`]+)`/).compactMap { command(of: String($0.1)) }
      listed.formUnion(names)
      guard let name = names.first else { continue }
      check(options(in: String(row)), of: name, in: try await help(name).output, "docs/commands.md")
    }
    for group in Self.groups {
      let section = try await help([group]).output.components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
      let commands = section.matches(of: /(?m)^  ([a-z][a-z-]*)/).map { [group, String($0.1)] }
      #expect(commands.count > 1)
      #expect(Set(commands).subtracting(listed) == [])
    }
  }

  @Test(arguments: [("-g", ["search"]), ("--offline", [])])
  func `what is said of all consumers is true of each that is not named`(option: String, others: [String]) async throws
  {
    let text = try document("docs/commands.md")
    let section = try #require(
      text.components(separatedBy: "## Consumers").last?.components(separatedBy: "\n## ").first)
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `skills") }
    let names = Set(rows.flatMap { $0.matches(of: /`skills ([a-z]+)/).map { String($0.1) } })
    #expect(names.count > 15)
    let fetching = [
      "install", "ci", "update", "add", "use", "diff", "outdated", "rollback", "audit", "search", "info", "installed",
    ]
    for name in option == "-g" ? names.sorted() : fetching {
      let known = options(in: try await help(["skills", name]).output)
      #expect(known.contains(option) != others.contains(name), "skills \(name) \(option)")
    }
    for other in others { #expect(!options(in: try await help(["skills", other]).output).contains(option)) }
  }

  @Test func `the pipeline installs exactly the libraries that the package is built with`() throws {
    let page = try document("docs/ci.md")
    let installed = try #require(page.firstMatch(of: /apt-get install --yes\s+([\s\S]+?)\n\s+- run:/)).1
    let needed = try document("Package.swift").matches(of: /apt: "([^"]+)"/).map { String($0.1) }
    #expect(needed.count > 3)
    #expect(installed.split(whereSeparator: \.isWhitespace).map(String.init) == needed.sorted())
  }

  @Test func `the pipeline of the page is that of the help`() async throws {
    let page = try document("docs/ci.md")
    let block = try #require(page.firstMatch(of: /```yaml\n([\s\S]+?)\n```/)).1
    let topic = try #require(try await help(["ci", "--json"]).json()["text"] as? String)
    let lines = topic.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  ") ? line.dropFirst(2) : line
    }
    #expect(lines.joined(separator: "\n").contains(block))
  }
}
