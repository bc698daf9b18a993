import Foundation
import RegistryAPI
import RegistryStore

/// An agent: whether it is there, what it can do, and how it is called.
struct AgentPage: Sendable {
  struct Skill: Sendable {
    var carriedSkill: String
    var carriedPath: String
    var carriedVersion: String
    var carriedSummary: String
  }

  var author: String
  var authorPath: String
  var slug: String
  var chips: [String]
  var title: String
  var about: String?
  /// To the chat, for whoever may see the agent.
  var chatPath: String
  var chatCommand: String
  var callCommand: String
  /// Where its owner changes it; nil for everybody else.
  var settingsPath: String?
  var kind: String
  /// When it was there last; nil while it is, and for one that never was.
  var lastSeen: PageTime?
  var rating: String
  var abilities: String?
  var hourlyLimit: String?
  var dailyLimit: String?
  var takesAgents: String
  var skills: [Skill]
  var chart: CallChart

  init(_ agent: AgentRecord, isOnline: Bool, isOwned: Bool, _ chart: CallChart) {
    author = agent.author.rawValue
    authorPath = Route.authorPage.path([agent.author.rawValue])
    slug = agent.slug
    chips = agent.chips(isOnline: isOnline)
    title = agent.name
    about = agent.description
    chatPath = Route.chatPage.path(of: agent)
    chatCommand = "agent-mesh chat \(agent.author)/\(agent.slug)"
    callCommand = "agent-mesh call \(agent.author)/\(agent.slug) --task \"<what to do>\" --stream"
    settingsPath = isOwned ? Route.ownAgentPage.path([agent.id.rawValue]) : nil
    kind = agent.agentType
    lastSeen = isOnline ? nil : agent.lastOnlineAt.map { PageTime($0) }
    rating = agent.rating ?? "not rated yet"
    abilities = agent.capabilities.isEmpty ? nil : agent.capabilities.joined(separator: ", ")
    let limits = agent.limits
    hourlyLimit = limits.maxCallsPerHour > 0 ? limits.maxCallsPerHour.counted("call") : nil
    dailyLimit = limits.maxCallsPerUserPerDay > 0 ? limits.maxCallsPerUserPerDay.counted("call") : nil
    takesAgents = limits.allowA2A ? "yes" : "no"
    skills = agent.skills.map { carried in
      Skill(
        carriedSkill: "\(carried.skill)",
        carriedPath: Route.versionPage.path(of: carried.skill, version: carried.version),
        carriedVersion: "\(carried.version)", carriedSummary: carried.description)
    }
    self.chart = chart
  }
}
