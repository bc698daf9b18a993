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

    /// By which it is accepted: that of the risk, else that of the rule.
    package var id: String { risk ?? rule.rawValue }

    init(_ rule: Rule, _ severity: Severity, of skill: Subject, _ message: String) {
      folder = skill.folder
      reference = skill.reference
      version = skill.version
      self.rule = rule
      self.severity = severity
      self.message = message
    }
  }

  /// A notice that somebody has looked at and lets stand.
  package struct Accepted: Hashable, Sendable, Codable {
    package var notice: Notice
    package var reason: String

    package func encode(to encoder: any Encoder) throws {
      try notice.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(reason, forKey: .reason)
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
  /// Those that `skills.json` accepts, which are not among the others.
  package var accepted: [Accepted] = []
  package var unchecked: [Unchecked]
  /// Of the first that could not be asked.
  package var failure: ErrorCode?

  enum CodingKeys: String, CodingKey {
    case count, notices, accepted, unchecked
  }

  package func has(_ severity: Severity) -> Bool { notices.contains { $0.severity >= severity } }

  /// The worst first; what a manifest accepts of a skill apart from the others.
  mutating func add(_ found: [Notice], of skill: LockedSkill? = nil, _ manifest: ProjectManifest? = nil) {
    var more: [Notice] = []
    for notice in found {
      if let skill, let entry = manifest?.acceptance(of: notice.id, in: notice.file, of: skill) {
        accepted.append(Accepted(notice: notice, reason: entry.reason))
      } else {
        more.append(notice)
      }
    }
    notices += Severity.allCases.reversed().flatMap { severity in more.filter { $0.severity == severity } }
  }
}

extension Audit.Subject {
  init(_ skill: LockedSkill) {
    self.init(folder: skill.folder.rawValue, reference: skill.reference, version: skill.version)
  }
}
