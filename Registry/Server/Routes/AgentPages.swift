import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Which agents there are, and the page of each.
struct AgentPages: Sendable {
  let services: RegistryServices

  private static let agentsPerPage = 50
  private static let maximumOffset = 10_000

  private struct Directory: Sendable {
    let directoryPath = Route.agentsPage.rawValue
    var words: String
    var skill: String
    var isOnlineOnly: Bool
    var total: String
    var agents: [AgentRow]
    var isSearch: Bool
    var pager: Pager?
  }

  func directory(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let words = call.queryValue("q") ?? ""
    _ = try SearchRoutes.query(words)
    let skill = call.queryValue("skill") ?? ""
    let reference = try skill.isEmpty ? nil : SkillReference(parsing: skill)
    let isOnlineOnly = call.queryValue("online") != nil
    let offset = try call.cursor("from", Self.offset) ?? 0
    let online = isOnlineOnly ? Set(services.bridge.onlineIDs().compactMap(AgentID.init(parsing:))) : nil
    let found = try await services.agents.discover(
      words: words.split(whereSeparator: \.isWhitespace).map(String.init), capability: nil,
      skill: reference.map { ($0.name, $0.range) }, ids: online, limit: Self.agentsPerPage, offset: offset,
      visibleTo: visitor.reader)
    let query = Self.query(words, skill, isOnlineOnly)
    let next = offset + found.agents.count
    let page = Directory(
      words: words, skill: skill, isOnlineOnly: isOnlineOnly, total: found.total.counted("agent"),
      agents: found.agents.map { AgentRow($0, isOnline: services.bridge.isOnline($0.id.rawValue)) },
      isSearch: !query.isEmpty,
      pager: Pager(
        Route.agentsPage.rawValue, isContinued: offset > 0,
        next: next < min(found.total, Self.maximumOffset) ? (query + ["from=\(next)"]).joined(separator: "&") : nil))
    return services.pages.reply(.agents, "Agents", page, for: visitor)
  }

  func show(_ call: Call, _ visit: AgentVisit) async throws -> Reply {
    let (agent, now) = (visit.agent, services.now())
    let start = now.addingTimeInterval(-86_400 * Double(CallChart.days - 1))
    let midnight = Date(timeIntervalSince1970: (start.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
    let statistics = try await services.tasks.statistics(
      of: agent.id.rawValue, since: midnight, until: midnight.addingTimeInterval(86_400 * Double(CallChart.days)))
    let page = AgentPage(
      agent, isOnline: services.bridge.isOnline(agent.id.rawValue),
      isOwned: visit.visitor.session?.role(inAuthor: agent.authorID) == .owner, CallChart(statistics, until: now))
    return services.pages.reply(.agent, "\(agent.author)/\(agent.slug)", page, for: visit.visitor)
  }

  func link(_ call: Call, _ visit: AgentVisit) -> Reply { .redirect(to: Route.agentPage.path(of: visit.agent)) }

  private static func offset(_ text: String) throws(MeshError) -> Int {
    guard let offset = Int(text), (0...maximumOffset).contains(offset) else {
      throw MeshError(.validationError, "a place in the list is a number")
    }
    return offset
  }

  private static func query(_ words: String, _ skill: String, _ isOnlineOnly: Bool) -> [String] {
    let fields = [("q", words), ("skill", skill), ("online", isOnlineOnly ? "true" : "")]
    return fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\(PercentEncoding.component($0.1))" }
  }
}
