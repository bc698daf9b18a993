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
package struct PublishMetadata: Encodable, Sendable, Hashable {
  package var name: String?
  package var version: String?
  package var description: String?
  package var isPrivate: Bool?
  /// The organisation that it is published as; the author of the token when it is absent.
  package var owner: String?

  package init(
    name: String? = nil, version: String? = nil, description: String? = nil, isPrivate: Bool? = nil,
    owner: String? = nil
  ) {
    self.owner = owner
    self.name = name
    self.version = version
    self.description = description
    self.isPrivate = isPrivate
  }

  /// Reads every key as it is written: a decoder makes one of `isPrivate` and `is_private`, and drops the other.
  ///
  /// - Throws: `invalidRequest` for what is no JSON object, has a key twice, or does not say clearly who may see the
  ///   skill; `validationError` when it says two things of that.
  package init(reading bytes: [UInt8]) throws(MeshError) {
    guard let node = JSONNode(reading: bytes), case .object(let members) = node.kind else {
      throw MeshError(.invalidRequest, "the form field 'metadata' is not the JSON that publishing takes")
    }
    name = node["name"]?.string.map(Self.uncommented)
    version = node["version"]?.string.map(Self.uncommented).flatMap {
      ["~", "null", "Null", "NULL"].contains($0) ? nil : $0
    }
    description = node["description"]?.string
    owner = node["owner"]?.string
    isPrivate = try Self.isPrivate(Self.claims(in: members))
  }

  /// Nil where nothing is said of it.
  private static func isPrivate(_ claims: Set<PrivacyClaim>) throws(MeshError) -> Bool? {
    if claims.contains(.unclear) || claims == [.hint] {
      throw MeshError(
        .invalidRequest, "the form field 'metadata' does not say clearly whether the skill is private",
        hint: "Write 'private: true' or 'private: false' in SKILL.md, or leave it out.")
    }
    if claims.isSuperset(of: [.isPrivate, .isPublic]) {
      throw MeshError(
        .validationError, "the form field 'metadata' says that the skill is private, and that it is not",
        hint: "Say it once, with 'is_private'.")
    }
    return claims.isEmpty ? nil : claims.contains(.isPrivate)
  }

  /// What any key in any spelling says of who may see the skill, also within other values.
  private static func claims(in members: [JSONNode.Member]) throws(MeshError) -> Set<PrivacyClaim> {
    guard Set(members.map(\.key)).count == members.count else {
      throw MeshError(.invalidRequest, "the form field 'metadata' has a key twice", hint: "Keep one of the two.")
    }
    var claims: Set<PrivacyClaim> = []
    for member in members {
      switch member.value.kind {
      case .null: continue
      case .object(let inner): claims.formUnion(try Self.claims(in: inner))
      default: break
      }
      if let claim = PrivacyClaim(key: member.key, text: member.value.text.map(uncommented)) {
        claims.insert(claim)
      }
    }
    return claims
  }

  /// The text without a comment of YAML behind it, and without the quote before that: `1.0" # first` is `1.0`.
  private static func uncommented(_ text: String) -> String {
    guard let comment = text.firstRange(of: " #") else { return text }
    var value = text[..<comment.lowerBound]
    while let last = value.last, " \t\"'".contains(last) { value.removeLast() }
    return String(value)
  }
}

extension JSONNode {
  /// A text, a Boolean or a number as text; nil for anything else.
  fileprivate var text: String? {
    switch kind {
    case .string(let text), .number(let text): text
    case .bool(let value): "\(value)"
    case .null, .array, .object: nil
    }
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
