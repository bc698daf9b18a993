/// A location in a file of a skill that looks like what malicious skills do.
///
/// It is evidence, not a verdict: a skill that warns of such a command shows it, too.
package struct KnownRisk: Hashable, Sendable, Codable, CustomStringConvertible {
  package static let label = "evidence, not a verdict"
  /// The rules are not tried on longer files, which are a risk of their own where they are run or named.
  package static let maximumBytes = 16 << 20
  /// Of one rule in one file: the rest adds nothing.
  static let maximumRepeats = 20

  package var rule: Rule
  /// The path inside the skill.
  package var file: String
  /// From 1: where the command starts, if it goes over several lines.
  package var line: Int
  /// The text at that location, safe to show on a terminal, at most 160 characters.
  package var excerpt: String
  /// What the rule looks for.
  package var message: String

  init(_ rule: Rule, file: String, line: Int, excerpt: String) {
    self.rule = rule
    self.file = file
    self.line = line
    self.excerpt = Message(excerpt, limit: 160).description
    message = rule.message
  }

  package var description: String {
    "\(Message(file)):\(line): \(message): \(excerpt) [\(rule.rawValue)]"
  }
}

extension KnownRisk {
  /// What is looked for, by a stable id.
  package enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
    case unreadable = "unreadable-file"
    case downloadToShell = "download-to-shell"
    case decodedToShell = "decoded-to-shell"
    case rawAddress = "raw-address"
    case lockedArchive = "locked-archive"
    case quarantineRemoval = "quarantine-removal"
    case credentialUpload = "credential-upload"
    case reverseShell = "reverse-shell"
    case hiddenText = "hidden-text"
    case reorderedText = "reordered-text"

    package var message: String {
      switch self {
      case .unreadable: "is run or named, and cannot be read, so that nobody can say what it does"
      case .downloadToShell: "runs what it downloads without looking at it"
      case .decodedToShell: "runs what it decodes, so that nobody can read it before"
      case .rawAddress: "uses a machine by its number, without a name that anybody answers for"
      case .lockedArchive: "opens an archive with a password, which no scanner can look into"
      case .quarantineRemoval: "takes away the mark by which macOS checks downloaded programs"
      case .credentialUpload: "sends a file of keys or passwords to another machine"
      case .reverseShell: "gives another machine a shell on this one"
      case .hiddenText: "hides text in characters that nobody sees and models read"
      case .reorderedText: "changes the direction of text, so that it reads otherwise than it runs"
      }
    }
  }
}
