@testable import Skills

/// Short ways to documents for tests.
enum Documents {
  /// A document with these lines as its front matter.
  static func text(_ frontMatter: String, body: String = "\n# Title\n\nText.\n") -> String {
    "---\n\(frontMatter)\n---\n\(body)"
  }

  static func read(_ frontMatter: String) throws -> SkillDocument {
    try SkillDocument(reading: Array(text(frontMatter).utf8))
  }

  static func refusal(of frontMatter: String) -> DocumentRefusal? {
    refusal(ofText: text(frontMatter))
  }

  static func refusal(ofText text: String) -> DocumentRefusal? {
    do throws(DocumentRefusal) {
      _ = try SkillDocument(reading: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  static func version(_ text: String) throws -> SemanticVersion { try SemanticVersion(parsing: text) }
}

extension SkillDocument {
  var rules: [Finding.Rule] { findings.map(\.rule) }
}
