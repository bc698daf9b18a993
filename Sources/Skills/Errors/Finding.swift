/// One thing that a check has to say: the rule, how much it matters, of what, where, what is wrong and what to do.
///
/// `validate`, `publish`, `verify`, `doctor` and `audit` all speak in findings, on a terminal in one form and as JSON
/// with the same keys; each fills in what it knows.
package struct Finding: Hashable, Sendable {
  package var rule: Rule
  package var severity: Severity
  /// The skill, where a command looks at several.
  package var skill: Subject?
  /// Where on the disk: below the project or the home, or absolute; nil where a file inside of the skill says it.
  package var path: String?
  /// The path inside the skill, or the text that a person named the file by; empty for what is in no file.
  package var file: String
  /// Counts from 1; nil when the finding is about the whole file.
  package var line: Int?
  /// Counts characters (Unicode scalars) from 1.
  package var column: Int?
  /// Safe for a terminal.
  package private(set) var message: String
  /// Why that matters; nil where the message says it.
  package var why: String?
  /// Exactly what to do about it, as an imperative sentence; safe for a terminal.
  package private(set) var remedy: String
  /// The id of a known risk.
  package var risk: String?
  /// Of the file at that line, safe to show.
  package var excerpt: String?
  /// What was changed, added or removed inside of `path`, sorted; as the disk spells it.
  package var changes: [String]?
  /// What is there instead; as the disk spells it.
  package var found: String?
  /// Whether `doctor --fix` fixes it; nil of every other command.
  package var isFixable: Bool?

  /// A skill among several.
  package struct Subject: Hashable, Sendable, Codable {
    package var folder: String
    /// `author/slug`, or the source.
    package var reference: String
    package var version: String?

    package init(folder: String, reference: String, version: String?) {
      (self.folder, self.reference, self.version) = (folder, reference, version)
    }

    package var title: String { [reference, version].compactMap(\.self).joined(separator: "@") }
  }

  /// A finding in a file.
  ///
  /// - Parameter severity: what it weighs; by default what the lenient profile gives to the rule.
  package init(
    _ rule: Rule, _ severity: Severity? = nil, file: String, line: Int? = nil, column: Int? = nil, message: Message,
    remedy: Message
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity(in: .lenient)
    self.file = file
    self.line = line
    self.column = column
    self.message = message.description
    self.remedy = remedy.description
  }

  /// A finding about a skill that is installed, or about a path on the disk.
  package init(
    _ rule: Rule, _ severity: Severity? = nil, of skill: Subject? = nil, at path: String? = nil, _ message: Message,
    why: String? = nil, remedy: Message = ""
  ) {
    self.init(rule, severity, file: "", message: message, remedy: remedy)
    (self.skill, self.path, self.why) = (skill, path, why)
  }

  /// By which it is accepted: the id of the risk, else that of the rule.
  package var id: String { risk ?? rule.rawValue }
}

extension Finding: CustomStringConvertible {
  /// `subject: file:line: severity: message [rule]`, and what else there is to say on lines of their own; safe to show
  /// on a terminal, which gets the column, too.
  package var description: String {
    var finding = self
    finding.column = nil
    return finding.text { $1 }.description
  }

  /// What a piece of the text is, for whoever gives it a colour.
  package enum Part: Sendable {
    case severity(Severity)
    case detail
  }

  /// The text of `description` with every piece of a kind decorated.
  package func text(_ decorate: (Part, Message) -> Message) -> Message {
    let spot = [file, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    let subjects = [skill?.title ?? path ?? "", spot].filter { !$0.isEmpty }.map { Message($0) }
    let name = decorate(.severity(severity), Message(severity.rawValue))
    let head = (subjects + [name, Message(message, limit: 1_000)]).joined(separator: ": ")
    let details = [excerpt, why, remedy.isEmpty ? nil : remedy].compactMap(\.self)
    let lines: [Message] = details.map { "  " + decorate(.detail, Message($0, limit: 600)) }
    let first: Message = "\(head) \(decorate(.detail, "[\(id)]"))"
    return ([first] + lines).joined(separator: "\n")
  }
}
