import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Conversations of whoever is signed in, with all agents.
struct ConversationPages: Sendable {
  let services: RegistryServices

  private static let conversationsPerPage = 50

  private struct Page: Sendable {
    struct Row: Sendable {
      /// Nil where the agent is no longer there for this person.
      var conversationPath: String?
      var conversationTitle: String
      var partner: String
      var lastAsked: String
      var conversationState: String
    }

    let tabs = SettingsTab.all(on: .conversationsPage)
    let directoryPath = Route.agentsPage.rawValue
    var rows: [Row]
    var isEmpty: Bool
    var pager: Pager?
  }

  func list(_ call: Call, _ person: Person) async throws -> Reply {
    let before = try call.cursor("before", TaskCursor.number)
    let found = try await services.tasks.newestMessages(
      of: person.account.id.rawValue, before: before ?? .max, limit: Self.conversationsPerPage + 1)
    let shown = found.prefix(Self.conversationsPerPage)
    let agents = try await agents(Set(shown.map(\.agent)), for: person.visitor.reader)
    let last = found.count > shown.count ? shown.last?.number : nil
    let page = Page(
      rows: shown.map { Self.row($0, with: agents[$0.agent]) }, isEmpty: shown.isEmpty,
      pager: Pager(
        Route.conversationsPage.rawValue, isContinued: before != nil, next: last.map { "before=\($0)" }))
    return services.pages.reply(.conversations, "Conversations", page, for: person.visitor)
  }

  /// Those that are there for the reader.
  private func agents(_ ids: Set<String>, for reader: Reader) async throws -> [String: AgentRecord] {
    var agents: [String: AgentRecord] = [:]
    for id in ids {
      guard let agentID = AgentID(parsing: id) else { continue }
      agents[id] = try await services.agents.agent(agentID, visibleTo: reader)
    }
    return agents
  }

  private static func row(_ newest: TaskRecord, with agent: AgentRecord?) -> Page.Row {
    let session = newest.sessionKey.split(separator: ":").last.map { String($0) } ?? ""
    return Page.Row(
      conversationPath: agent.map { Route.conversationPage.path(of: $0, session) },
      conversationTitle: newest.title ?? "Conversation", partner: agent.map { "\($0.author)/\($0.slug)" } ?? "gone",
      lastAsked: newest.createdAt.ISO8601Format(), conversationState: newest.state.rawValue)
  }
}
