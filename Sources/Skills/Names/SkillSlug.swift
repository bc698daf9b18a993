/// A skill's own name, its folder and its slash command: 1 to 64 characters of `a-z 0-9` and single hyphens.
///
/// Device names of Windows (`con`, `nul`, `com1`) are refused, because no folder can have them there.
package struct SkillSlug: Hashable, Sendable, Comparable, CustomStringConvertible {
  package static let maximumLength = 64

  package let rawValue: String

  package init(parsing text: String) throws(NameRefusal) {
    if let fault = NameGrammar.fault(in: text, limit: Self.maximumLength) {
      throw NameRefusal(kind: "a skill name", text: text, reason: fault)
    }
    if ReservedStem.matches(text) {
      throw NameRefusal(kind: "a skill name", text: text, reason: "it is a device name on Windows")
    }
    rawValue = text
  }

  /// The nearest valid slug for a free text, or nil when nothing of it can stay.
  package init?(deriving text: String) {
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let joined = words.joined(separator: "-").prefix(Self.maximumLength)
    let trimmed = joined.hasSuffix("-") ? joined.dropLast() : joined
    guard let slug = try? SkillSlug(parsing: String(trimmed)) else { return nil }
    self = slug
  }

  package var description: String { rawValue }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
