import RegistryAPI
import RegistryStore

/// An agent in a list of them.
struct AgentRow: Sendable {
  var agentPath: String
  /// By its address, such as `acme/reviewer`.
  var agentName: String
  var agentTitle: String
  var agentChips: [String]
  /// Nil for none.
  var agentSummary: String?
  var agentRating: String?
  var agentCapabilities: String?

  /// - Parameter isOnline: Nil where the page does not say it.
  init(_ agent: AgentRecord, isOnline: Bool?) {
    agentPath = Route.agentPage.path(of: agent)
    agentName = "\(agent.author)/\(agent.slug)"
    agentTitle = agent.name
    agentChips = agent.chips(isOnline: isOnline)
    agentSummary = agent.description.map { String($0.split(whereSeparator: \.isNewline).first ?? "") }
    agentRating = agent.rating
    agentCapabilities = agent.capabilities.isEmpty ? nil : agent.capabilities.joined(separator: ", ")
  }
}

extension AgentRecord {
  /// What pages say of it in one word each.
  func chips(isOnline: Bool?) -> [String] {
    let presence = isOnline.map { $0 ? "online" : "offline" }
    let visibility = visibility == .private ? "private" : nil
    return [presence, visibility, isPublished ? nil : "unpublished"].compactMap(\.self)
  }

  /// Nil when nobody has rated it.
  var rating: String? {
    averageRating.map { average in
      let tenths = Int((average * 10).rounded())
      return "rated \(tenths / 10).\(tenths % 10) of 5 in \(ratingCount.counted("call"))"
    }
  }
}

extension Route {
  /// The template filled with an agent's name, and with what else it has parts for.
  func path(of agent: AgentRecord, _ others: String...) -> String {
    path([agent.author.rawValue, agent.slug] + others)
  }
}
