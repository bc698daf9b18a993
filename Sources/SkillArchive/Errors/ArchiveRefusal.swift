import Skills

/// An archive that is not in the dialect, or is more than the limits allow: nothing of it may be used.
package struct ArchiveRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  package var rule: ArchiveRule
  /// The entry as the archive spells it, which need not be printable; nil when the whole archive is at fault.
  package var entry: String?
  package var message: String
  /// The next step, where it depends on what the archive holds.
  package var hint: Message?

  package init(_ rule: ArchiveRule, entry: String? = nil, _ message: String, hint: Message? = nil) {
    self.rule = rule
    self.entry = entry
    self.message = message
    self.hint = hint
  }

  init(_ refusal: SkillPath.Refusal) {
    self.init(ArchiveRule(refusal.rule), entry: refusal.path, refusal.rule.rawValue)
  }

  /// Safe to print: the name of the entry is escaped and cut.
  package var description: String {
    guard let entry else { return message }
    return "\"\(Message(entry))\": \(message)"
  }
}

extension ArchiveRule {
  init(_ rule: SkillPath.Rule) {
    self =
      switch rule {
      case .notUTF8: .nameNotUTF8
      case .notNormalized: .nameNotNormalized
      case .empty: .nameEmpty
      case .absolute: .nameAbsolute
      case .climbing: .nameClimbing
      case .tooLong: .nameTooLong
      case .tooDeep: .nameTooDeep
      case .forbiddenCharacter: .nameForbiddenCharacter
      case .controlCharacter: .nameControlCharacter
      case .surroundingSpace: .nameSurroundingSpace
      case .trailingDot: .nameTrailingDot
      case .reservedName: .nameReserved
      case .ownMarker: .nameOwnMarker
      }
  }
}
