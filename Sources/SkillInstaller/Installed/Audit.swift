import Skills

/// What is to be said against skills that are installed.
package struct Audit: Hashable, Sendable, Codable {
  /// What is looked at.
  struct Subject: Sendable {
    var folder: String
    var reference: String
    var version: String?
  }

  /// One thing to be said of one skill.
  package struct Notice: Hashable, Sendable, Codable {
    package enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
      /// By its author: not for new installs.
      case yanked
      /// By its author: no longer to be had.
      case withdrawn
      /// By the operator of the registry.
      case quarantined
      /// The registry has other content under the version, or no longer knows it.
      case changed
      /// There is no such skill for whoever asks.
      case unknownSkill = "unknown-skill"
      case missing
      /// It is installed, and nobody has locked it.
      case unlocked
      case unreadable
      /// A place that looks like what malicious skills do; `risk` has its id. Evidence, not a verdict.
      case knownRisk = "known-risk"
      /// Characters that nobody sees and models read.
      case hiddenCharacters = "hidden-characters"
      /// Files that were not looked through: binary, or too long.
      case unscanned
    }

    package var folder: String
    /// `author/slug`, or the source.
    package var reference: String
    package var version: String?
    package var rule: Rule
    package var severity: Severity
    package var message: String
    /// The id of a known risk.
    package var risk: String?
    /// Inside the skill.
    package var file: String?
    /// From 1.
    package var line: Int?
    /// Of the place, safe to show.
    package var excerpt: String?

    init(_ rule: Rule, _ severity: Severity, of skill: Subject, _ message: String) {
      folder = skill.folder
      reference = skill.reference
      version = skill.version
      self.rule = rule
      self.severity = severity
      self.message = message
    }
  }

  /// A skill of which its registry could not be asked.
  package struct Unchecked: Hashable, Sendable, Codable {
    package var folder: String
    package var reference: String
    /// A stable code.
    package var error: String
    package var message: String
  }

  /// How many skills were looked at.
  package var count: Int
  /// By folder, and the worst first.
  package var notices: [Notice]
  package var unchecked: [Unchecked]
  /// Of the first that could not be asked.
  package var failure: ErrorCode?

  enum CodingKeys: String, CodingKey {
    case count, notices, unchecked
  }

  package func has(_ severity: Severity) -> Bool { notices.contains { $0.severity >= severity } }

  /// The worst first.
  mutating func add(_ more: [Notice]) {
    notices += Severity.allCases.reversed().flatMap { severity in more.filter { $0.severity == severity } }
  }
}

extension Audit.Subject {
  init(_ skill: LockedSkill) {
    self.init(folder: skill.folder.rawValue, reference: skill.reference, version: skill.version)
  }
}
