/// What a key says about who may see a skill: everybody, or its author alone.
///
/// Front matter and the metadata of a request are read by this one rule. What looks like a claim and is not understood
/// counts as private, so that a spelling nobody thought of never shows a skill to everybody.
package enum PrivacyClaim: Hashable, Sendable {
  case isPrivate
  case isPublic
  /// What other tools have for something that is not for everybody, such as `internal: true`; either of the two above
  /// settles it.
  case hint
  case unclear

  /// Nil for a key that has nothing to do with it.
  ///
  /// - Parameters:
  ///   - key: In any spelling: `private`, `isPrivate`, `is_private`, `Private`, also `public` and `visibility`.
  ///   - text: The value as text, such as `true`, `yes`, `1` or `private`; nil for anything else than one text.
  package init?(key: String, text: String?) {
    let word = key.lowercased().filter { $0.isLetter || $0.isNumber }
    let text = text?.lowercased()
    switch word {
    case "private", "isprivate": self = Self.claim(FrontMatter.Value.bool(text), whenTrue: .isPrivate)
    case "public", "ispublic": self = Self.claim(FrontMatter.Value.bool(text), whenTrue: .isPublic)
    case "visibility": self = Self.visibility(text)
    case "privacy" where text == "private": self = .isPrivate
    case "privacy", "primate", "pirate": return nil
    case _ where Self.isHint(word, text): self = .hint
    case _ where Self.isMisspelled(word) || Self.isCompound(word, text): self = .unclear
    default: return nil
    }
  }

  private static func isHint(_ word: String, _ text: String?) -> Bool {
    switch word {
    case "unlisted", "hidden", "internal": FrontMatter.Value.bool(text) == true
    case "publish": FrontMatter.Value.bool(text) == false
    case "access": text == "private" || text == "restricted"
    default: false
    }
  }

  private static func isMisspelled(_ word: String) -> Bool {
    (5...11).contains(word.unicodeScalars.count)
      && ["private", "isprivate"].contains { EditDistance.between(word, $0) <= 2 }
  }

  /// Whether one of the words is part of the key, as in `private_skill`, and the value can be an answer to it:
  /// `public_api: https://…` is none.
  private static func isCompound(_ word: String, _ text: String?) -> Bool {
    guard let text, ["private", "public", "visibility"].contains(where: { word.contains($0) }) else { return false }
    return FrontMatter.Value.bool(text) != nil
      || ["private", "public", "restricted", "internal", "hidden", "unlisted"].contains(text)
  }

  private static func claim(_ value: Bool?, whenTrue claim: PrivacyClaim) -> PrivacyClaim {
    guard let value else { return .unclear }
    return value == (claim == .isPrivate) ? .isPrivate : .isPublic
  }

  private static func visibility(_ text: String?) -> PrivacyClaim {
    switch text {
    case "private": .isPrivate
    case "public": .isPublic
    default: .unclear
    }
  }
}

extension SkillDocument {
  /// The keys that say who may see the skill, at the top and within any other; without hints where one says it.
  var privacyClaims: [(entry: FrontMatter.Entry, claim: PrivacyClaim)] {
    let claims = Self.privacyClaims(in: frontMatter.entries)
    let isSaid = claims.contains { $0.claim == .isPrivate || $0.claim == .isPublic }
    return isSaid ? claims.filter { $0.claim != .hint } : claims
  }

  /// As deep as front matter is kept.
  private static func privacyClaims(
    in entries: [FrontMatter.Entry]
  ) -> [(entry: FrontMatter.Entry, claim: PrivacyClaim)] {
    var claims: [(entry: FrontMatter.Entry, claim: PrivacyClaim)] = []
    for entry in entries {
      if let claim = PrivacyClaim(key: entry.key, text: entry.value.string) { claims.append((entry, claim)) }
      claims += privacyClaims(in: entry.value.mapping ?? [])
    }
    return claims
  }

  /// Whether any of these keys keeps the skill from others; one that is not understood does.
  package var isPrivate: Bool { privacyClaims.contains { $0.claim != .isPublic } }
}

/// Who may see the skill: said in a way that is understood, or not at all.
enum PrivacyChecks {
  static func findings(_ document: SkillDocument) -> [Finding] {
    document.privacyClaims.compactMap { entry, claim -> Finding? in
      switch claim {
      case .isPrivate, .isPublic: nil
      case .hint:
        document.finding(
          .privateInvalid, at: entry,
          "'\(entry.key, limit: 60)' hints that this skill is not for everybody, and nothing says so",
          remedy: "Write under 'metadata:' 'private: \"true\"' if it is for you alone, or 'private: \"false\"'")
      case .unclear:
        document.finding(
          .privateInvalid, at: entry,
          "'\(entry.key, limit: 60)' seems to say who may see this skill, and neither yes nor no can be read from it",
          remedy: "Write 'private: \"true\"' under 'metadata:' if it is for you alone; else give the key another name")
      }
    }
  }
}
