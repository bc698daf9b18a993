import Skills

/// Which agents somebody looks for.
package struct AgentQuery: Sendable {
  /// The most agents that are given at once.
  package static let maximumResults = 100

  package var capability: String?
  /// `author/slug` or `author/slug@range`: agents that carry it.
  package var skill: SkillReference?
  package var isOnline: Bool
  package var limit: Int
  package var offset: Int

  package init(
    capability: String? = nil, skill: SkillReference? = nil, isOnline: Bool = false, limit: Int = 20, offset: Int = 0
  ) {
    self.capability = capability
    self.skill = skill
    self.isOnline = isOnline
    self.limit = limit
    self.offset = offset
  }

  /// As it stands in an address, with its question mark.
  var text: String {
    let most = min(max(limit, 1), Self.maximumResults)
    var fields = [("limit", "\(most)"), ("offset", "\(max(offset, 0))")]
    if let capability { fields.append(("capability", capability)) }
    if let skill { fields.append(("skill", skill.description)) }
    if isOnline { fields.append(("online", "true")) }
    return "?" + fields.map { "\($0)=\(PercentEncoding.component($1))" }.joined(separator: "&")
  }
}
