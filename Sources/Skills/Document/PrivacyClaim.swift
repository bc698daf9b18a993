/// What a key says about who may see a skill: everybody, or its author alone.
///
/// Front matter and the metadata of a request are read by this one rule. What looks like a claim and is not understood
/// counts as private, so that a spelling nobody thought of never shows a skill to everybody.
package enum PrivacyClaim: Hashable, Sendable {
  case isPrivate
  case isPublic
  case unclear

  /// Nil for a key that has nothing to do with it.
  ///
  /// - Parameters:
  ///   - key: In any spelling: `private`, `isPrivate`, `is_private`, `Private`, also `public` and `visibility`.
  ///   - text: The value as text, such as `true`, `yes`, `1` or `private`; nil for anything else than one text.
  package init?(key: String, text: String?) {
    let word = key.lowercased().filter { $0.isLetter || $0.isNumber }
    switch word {
    case "private", "isprivate": self = Self.claim(FrontMatter.Value.bool(text), whenTrue: .isPrivate)
    case "public", "ispublic": self = Self.claim(FrontMatter.Value.bool(text), whenTrue: .isPublic)
    case "visibility": self = Self.visibility(text)
    case "privacy" where text?.lowercased() == "private": self = .isPrivate
    case "privacy", "primate", "pirate": return nil
    default:
      guard (5...11).contains(word.unicodeScalars.count),
        ["private", "isprivate"].contains(where: { EditDistance.between(word, $0) <= 2 })
      else { return nil }
      self = .unclear
    }
  }

  private static func claim(_ value: Bool?, whenTrue claim: PrivacyClaim) -> PrivacyClaim {
    guard let value else { return .unclear }
    return value == (claim == .isPrivate) ? .isPrivate : .isPublic
  }

  private static func visibility(_ text: String?) -> PrivacyClaim {
    switch text?.lowercased() {
    case "private": .isPrivate
    case "public": .isPublic
    default: .unclear
    }
  }
}

extension SkillDocument {
  /// The keys at the top and under `metadata` that say who may see the skill.
  var privacyClaims: [(entry: FrontMatter.Entry, claim: PrivacyClaim)] {
    (frontMatter.entries + (metadata?.mapping ?? [])).compactMap { entry in
      PrivacyClaim(key: entry.key, text: entry.value.string).map { (entry, $0) }
    }
  }

  /// Whether any of these keys keeps the skill from others; one that is not understood does.
  package var isPrivate: Bool { privacyClaims.contains { $0.claim != .isPublic } }
}

/// Who may see the skill: said in a way that is understood, or not at all.
enum PrivacyChecks {
  static func findings(_ document: SkillDocument) -> [Finding] {
    document.privacyClaims.filter { $0.claim == .unclear }.map { entry, _ in
      document.finding(
        .privateInvalid, at: entry,
        "'\(entry.key, limit: 60)' seems to say who may see this skill, and neither yes nor no can be read from it",
        remedy: "Write 'private: \"true\"' under 'metadata:' if it is for you alone; else give the key another name")
    }
  }
}
