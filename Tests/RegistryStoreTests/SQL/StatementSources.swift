import Foundation

@testable import RegistryStore

/// The statements of the store as its sources have them, so that none is missed which no test happens to run.
///
/// Not among them: the schema, which each database has in its own words, the full-text search, which is each one's own,
/// and what asks SQLite about itself (`PRAGMA`).
struct StatementSources {
  struct Statement {
    /// File and line.
    var place: String
    /// With `$1`, `$2`, … for its values.
    var text: String
  }

  private static let verbs: Set<Substring> = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"]

  /// What `\(raw:)` can stand for.
  private static let fragments: [String: [String]] = [
    "AgentRecord.columns": [AgentRecord.columns.description], "AgentRecord.tables": [AgentRecord.tables.description],
    "Account.columns": [Account.columns.description], "Session.columns": [Session.columns.description],
    "Self.deletionColumns": [Accounts.deletionColumns.description],
    "SkillRecord.columns": [SkillRecord.columns.description],
    "TaskRecord.columns": [TaskRecord.columns.description], "table": ["skills", "versions"],
  ]

  private(set) var statements: [Statement] = []
  /// Literals that read like SQL and begin like none of the statements.
  private(set) var unknown: [String] = []

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Registry")
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    for name in names.sorted() where !Self.isOfOneDatabase(name) {
      let source = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      for literal in SourceLiterals(in: source).literals { read(literal, of: name) }
    }
  }

  private static func isOfOneDatabase(_ name: String) -> Bool {
    let files = ["SQL/SQLiteDatabase", "SQL/Migrations", "Search/SkillSearch"]
    return name.hasPrefix("Store/Migrations/") || files.contains { name == "Store/\($0).swift" }
  }

  private mutating func read(_ literal: SourceLiterals.Literal, of file: String) {
    let (text, place) = (literal.text, "\(file):\(literal.line)")
    guard Self.verbs.contains(text.prefix { $0 != " " }) else {
      let isFragment = Self.fragments.values.joined().contains(text)
      if !isFragment, text.contains(/\b(SELECT|FROM|INTO|WHERE|VALUES)\b/) { unknown.append("\(place): \(text)") }
      return
    }
    let texts = Self.texts(literal)
    if texts.isEmpty { unknown.append("\(place): \(text)") }
    statements += texts.map { Statement(place: place, text: $0) }
  }

  /// One for each meaning of its fragments; none when one of them is unknown.
  private static func texts(_ literal: SourceLiterals.Literal) -> [String] {
    var texts = [""]
    var values = 0
    for piece in literal.pieces {
      let choices: [String]
      switch piece {
      case .text(let text): choices = [text]
      case .code(let code) where code.hasPrefix("raw: "): choices = fragments[String(code.dropFirst(5))] ?? []
      case .code:
        values += 1
        choices = ["$\(values)"]
      }
      texts = texts.flatMap { text in choices.map { text + $0 } }
    }
    return texts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }
}
