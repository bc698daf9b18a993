import Skills

/// The text field `metadata` of a publish request.
///
/// Absent keys are left out.
///
/// Only deliberate overrides and visibility are taken from it; every other fact comes from the archive. A description
/// that is about something else than the one in SKILL.md is refused.
///
/// Clients before 0.20 send what a simple parser made of the front matter: `version: 1.0` as a number, an empty
/// description as `[]`, a version without a value as `null` in quotes, a comment as a part of the text before it. What
/// is no text is passed over, for the package decides. Who may see a skill is never passed over: a visibility that
/// cannot be understood is an error.
package struct PublishMetadata: Codable, Sendable, Hashable {
  package var name: String?
  package var version: String?
  package var description: String?
  package var isPrivate: Bool?

  package init(name: String? = nil, version: String? = nil, description: String? = nil, isPrivate: Bool? = nil) {
    self.name = name
    self.version = version
    self.description = description
    self.isPrivate = isPrivate
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) -> String? { try? container.decode(String.self, forKey: key) }
    name = text(.name).map(Self.uncommented)
    version = text(.version).map(Self.uncommented).flatMap { ["~", "null", "Null", "NULL"].contains($0) ? nil : $0 }
    description = text(.description)
    isPrivate = try Self.isPrivate(in: decoder)
  }

  /// What any key in any spelling says of who may see the skill; nil where none does.
  private static func isPrivate(in decoder: any Decoder) throws -> Bool? {
    let container = try decoder.container(keyedBy: AnyKey.self)
    let claims = try container.allKeys.compactMap { key -> PrivacyClaim? in
      if try container.decodeNil(forKey: key) { return nil }
      let claim = PrivacyClaim(key: key.stringValue, text: container.text(key).map(uncommented))
      guard claim != .unclear else {
        throw MeshError(
          .invalidRequest, "the form field 'metadata' does not say clearly whether the skill is private",
          hint: "Write 'private: true' or 'private: false' in SKILL.md, or leave it out.")
      }
      return claim
    }
    return claims.isEmpty ? nil : claims.contains(.isPrivate)
  }

  /// The text without a comment of YAML behind it, and without the quote before that: `1.0" # first` is `1.0`.
  private static func uncommented(_ text: String) -> String {
    guard let comment = text.firstRange(of: " #") else { return text }
    var value = text[..<comment.lowerBound]
    while let last = value.last, " \t\"'".contains(last) { value.removeLast() }
    return String(value)
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
  }
}

extension KeyedDecodingContainer {
  /// A text, a Boolean or a whole number as text; nil for anything else.
  fileprivate func text(_ key: Key) -> String? {
    if let text = try? decode(String.self, forKey: key) { return text }
    if let flag = try? decode(Bool.self, forKey: key) { return "\(flag)" }
    return (try? decode(Int.self, forKey: key)).map { "\($0)" }
  }
}

/// What publishing answers: `action` is `created` for a new skill, `updated` for a new version of one, and
/// `unchanged` when exactly this had been published before.
package struct PublishResponse: Codable, Sendable {
  package enum Action: String, Codable, Sendable { case created, updated, unchanged }

  package var success: Bool
  package var action: Action
  package var skill: SkillSummary
  package var version: String
  package var digest: Digest
  package var treeDigest: TreeDigest
  package var url: String
  package var warnings: [Finding]?

  package init(
    action: Action, skill: SkillSummary, version: VersionSummary, url: String, warnings: [Finding]
  ) {
    success = true
    self.action = action
    self.skill = skill
    self.version = version.version
    digest = version.digest
    treeDigest = version.treeDigest
    self.url = url
    self.warnings = warnings.isEmpty ? nil : warnings
  }
}
