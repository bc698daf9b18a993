import Skills

/// Something that is wrong with what is installed, or that surprises whoever does not know it.
package struct Ailment: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case brokenLink = "broken_link"
    case missingLink = "missing_link"
    case driftedCopy = "drifted_copy"
    /// A record of ours that no lock knows, or that belongs to another folder.
    case orphanedRecord = "orphaned_record"
    case duplicate
    /// Of a run that was interrupted.
    case leftovers
    /// A skill that agents leave out, or read only in part.
    case ignored
    case unknownAgent = "unknown_agent"
    /// `skills.json`, `skills.lock` and the disk do not say the same.
    case disagreement
    case unreadable
    case shadowed
    case listingCost = "listing_cost"
  }

  package let kind: Kind
  package let severity: Severity
  /// Below the project or the home, or absolute.
  package let place: String
  /// What is wrong.
  package let message: String
  /// Why that matters; empty where the message says it.
  package let why: String
  /// What to do about it, as an imperative sentence.
  package let remedy: String
  /// Whether `SkillInstaller.mend(_:)` mends it.
  package let isMendable: Bool

  enum CodingKeys: String, CodingKey {
    case kind, severity, place, message, why, remedy
    case isMendable = "is_mendable"
  }

  init(
    _ kind: Kind, _ severity: Severity, at place: String, _ message: String, why: String = "", remedy: String,
    isMendable: Bool = false
  ) {
    self.kind = kind
    self.severity = severity
    self.place = place
    self.message = message
    self.why = why
    self.remedy = remedy
    self.isMendable = isMendable
  }
}
