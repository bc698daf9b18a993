import RegistryAPI
import Skills

/// One agent.
struct AgentReport: Report {
  let agent: AgentSummary
  /// What was done with it; nil when it was asked for.
  var done: Message?
  /// What to do next.
  var next: Message?

  var isAction: Bool { done != nil }

  func encode(to encoder: any Encoder) throws { try agent.encode(to: encoder) }

  func text(_ style: Style) -> Message {
    if let done { return [done, next].compactMap(\.self).joined(separator: "\n") }
    let rows = rows.map { label, text -> Message in
      style.bold(ScreenText.padded(label, to: 13)) + "  " + text
    }
    return (rows + skills(style)).joined(separator: "\n")
  }

  private var rows: [(label: Message, text: Message)] {
    var rows: [(label: Message, text: Message)] = [
      ("Agent", "\(agent.author)/\(agent.slug)"), ("Name", "\(agent.name)"), ("Id", "\(agent.id)"),
      ("Type", "\(agent.agentType)"), ("Status", "\(agent.statusText)"), ("Visibility", "\(agent.visibility.rawValue)"),
      ("Published", agent.isPublished ? "yes" : "no"),
    ]
    if let description = agent.description { rows.append(("Description", ScreenText.line(description))) }
    if !agent.capabilities.isEmpty {
      rows.append(("Capabilities", ScreenText.line(agent.capabilities.joined(separator: ", "))))
    }
    if let limits = agent.rateLimits { rows.append(("Limits", "\(limits.text)")) }
    if let rating = agent.ratingText { rows.append(("Rating", "\(rating)")) }
    return rows
  }

  private func skills(_ style: Style) -> [Message] {
    guard let skills = agent.skills, !skills.isEmpty else { return [] }
    var table = Table(["SKILL", "VERSION", "DESCRIPTION"])
    for skill in skills {
      let description = ScreenText.cut(ScreenText.line(skill.description), to: 60)
      table.add([skill.reference, skill.version, description.description])
    }
    return ["", table.text(style)]
  }
}

extension AgentSummary {
  var statusText: String { isOnline ? "online" : "offline" }

  /// Such as `4.5 of 5 (12 ratings)`; nil when nobody has rated it.
  var ratingText: String? {
    guard let avgRating, let ratingCount, ratingCount > 0 else { return nil }
    let tenths = Int((min(max(avgRating, 0), 5) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) of 5 (\(ratingCount) rating\(ratingCount == 1 ? "" : "s"))"
  }
}

extension AgentLimits {
  var text: String {
    func count(_ number: Int) -> String { number == 0 ? "any number of" : "\(number)" }
    let agents = allowA2A ? "" : ", none by other agents"
    return "\(count(maxCallsPerHour)) calls an hour, \(count(maxCallsPerUserPerDay)) a day for each account\(agents)"
  }
}
