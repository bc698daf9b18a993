import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Which agents there are for the caller, and what everybody may know who sees one.
struct AgentDirectoryRoutes: Sendable {
  let services: RegistryServices

  private static let defaultLimit = 20
  private static let maximumLimit = 100
  private static let maximumOffset = 10_000
  private static let maximumCapability = 64

  func discover(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let limit = try Self.number("limit", in: call, 1...Self.maximumLimit) ?? Self.defaultLimit
    let offset = try Self.number("offset", in: call, 0...Self.maximumOffset) ?? 0
    let online = try Self.isOnline(call) ? Set(services.bridge.onlineIDs().compactMap(AgentID.init(parsing:))) : nil
    let found = try await services.agents.discover(
      capability: try Self.capability(call), skill: try Self.skill(call), ids: online, limit: limit, offset: offset,
      visibleTo: caller.reader)
    return try .json(
      DiscoveredAgents(
        agents: found.agents.map(services.summary), total: found.total, limit: limit, offset: offset))
  }

  /// An agent by its name, or by its id.
  func lookup(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    if let text = call.queryValue("id") {
      guard let id = AgentID(parsing: text),
        let agent = try await services.agents.agent(id, visibleTo: caller.reader)
      else { throw MeshError.unknownAgent(text) }
      return try .json(services.summary(agent))
    }
    let author = try AuthorName(parsing: call.queryValue("author") ?? "")
    let slug = call.queryValue("slug") ?? ""
    guard let agent = try await services.agents.agent(author, slug, visibleTo: caller.reader) else {
      throw MeshError.unknownAgent("\(author)/\(slug)")
    }
    return try .json(services.summary(agent))
  }

  func status(_ call: Call, _ visited: VisitedAgent) async throws -> Reply {
    try .json(services.bridge.presence(of: visited.agent.id.rawValue))
  }

  func statistics(_ call: Call, _ visited: VisitedAgent) async throws -> Reply {
    let days = try Self.days(call.queryValue("period") ?? "week")
    let now = services.now()
    let statistics = try await services.tasks.statistics(
      of: visited.agent.id.rawValue, since: now.addingTimeInterval(-86_400 * Double(days)), until: now)
    return try .json(AgentStatistics(statistics))
  }

  private static func days(_ period: String) throws(MeshError) -> Int {
    switch period {
    case "day": return 1
    case "week": return 7
    case "month": return 30
    default: throw MeshError(.validationError, "period is day, week or month")
    }
  }
}

// MARK: - The query

extension AgentDirectoryRoutes {
  private static func number(_ name: String, in call: Call, _ range: ClosedRange<Int>) throws(MeshError) -> Int? {
    guard let text = call.queryValue(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw MeshError(.validationError, "\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func isOnline(_ call: Call) throws(MeshError) -> Bool {
    switch call.queryValue("online") {
    case nil, "false": return false
    case "true": return true
    default: throw MeshError(.validationError, "online is true or false")
    }
  }

  private static func capability(_ call: Call) throws(MeshError) -> String? {
    guard let text = call.queryValue("capability") else { return nil }
    guard text.count <= maximumCapability else {
      throw MeshError(.validationError, "a capability has at most \(maximumCapability) characters")
    }
    return text
  }

  private static func skill(_ call: Call) throws -> (SkillName, VersionRange?)? {
    guard let text = call.queryValue("skill") else { return nil }
    let reference = try SkillReference(parsing: text)
    return (reference.name, reference.range)
  }
}
