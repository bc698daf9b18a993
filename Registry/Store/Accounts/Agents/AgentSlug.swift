import Skills

/// The part of an agent's address that stands for its name.
enum AgentSlug {
  /// The name in lower case with a hyphen for each run of other characters than letters and digits of ASCII, or `agent`
  /// when nothing stays; `-2`, `-3` and so on behind one that is taken.
  ///
  /// As patterns of tokens name agents, it is a slug by the rules of skills.
  static func derive(from name: String, notIn taken: Set<String>) -> String {
    let stem = SkillSlug(deriving: name)?.rawValue ?? "agent"
    var (slug, number) = (stem, 1)
    while taken.contains(slug) {
      number += 1
      slug = numbered(stem, number)
    }
    return slug
  }

  private static func numbered(_ stem: String, _ number: Int) -> String {
    let suffix = "-\(number)"
    let start = stem.prefix(SkillSlug.maximumLength - suffix.utf8.count)
    return String(start.hasSuffix("-") ? start.dropLast() : start) + suffix
  }
}
