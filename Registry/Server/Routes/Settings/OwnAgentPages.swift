import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Agents of whoever is signed in: which there are, making one, and what others asked of it.
struct OwnAgentPages: Sendable {
  let services: RegistryServices

  private static let callsPerPage = 50

  private struct Calls: Sendable {
    struct Row: Sendable {
      var callTime: String
      var caller: String
      var callKind: String
      var callState: String
      /// Empty while it runs.
      var callDuration: String
    }

    let tabs = SettingsTab.all(on: .ownAgentsPage)
    var agentName: String
    var agentPath: String
    var rows: [Row]
    var isEmpty: Bool
    var pager: Pager?
  }

  func list(_ call: Call, _ person: Person) async throws -> Reply { try await list(AgentForm(), person) }

  func create(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try AgentForm(call)
    guard let new = form.agent() else { return try await list(form, person) }
    do {
      let agent = try await services.create(new, by: person.session, for: call)
      return .redirect(to: Route.ownAgentPage.path([agent.id.rawValue]), saying: .agentCreated)
    } catch {
      try form.holdBack(error)
      return try await list(form, person)
    }
  }

  func show(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    try await OwnAgentView(visit).reply(services)
  }

  /// What others, and the owner, asked of it: when, who, and what became of it.
  func calls(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let agent = visit.agent
    let before = try call.cursor("before", TaskCursor.number)
    let found = try await services.tasks.tasks(
      ofAgent: agent.id.rawValue, before: before ?? .max, limit: Self.callsPerPage + 1)
    let shown = found.prefix(Self.callsPerPage)
    let handles = try await services.accounts.handles(of: Set(shown.compactMap(\.callerAccount)))
    let last = found.count > shown.count ? shown.last?.number : nil
    let page = Calls(
      agentName: "\(agent.author)/\(agent.slug)", agentPath: Route.ownAgentPage.path([agent.id.rawValue]),
      rows: shown.map { Self.row($0, by: $0.callerAccount.flatMap { handles[$0]?.rawValue }) },
      isEmpty: shown.isEmpty,
      pager: Pager(
        Route.agentCallsPage.path([agent.id.rawValue]), isContinued: before != nil, next: last.map { "before=\($0)" }))
    return services.pages.reply(.agentCalls, "Calls of \(page.agentName)", page, for: visit.person.visitor)
  }

  private static func row(_ task: TaskRecord, by caller: String?) -> Calls.Row {
    let suffix = task.callerAgent == nil ? "" : "'s agent"
    return Calls.Row(
      callTime: task.createdAt.ISO8601Format(), caller: (caller ?? "unknown") + suffix, callKind: task.kind.rawValue,
      callState: task.errorCode.map { "failed: \($0)" } ?? task.state.rawValue,
      callDuration: task.endedAt.map { "\(task.duration(until: $0).grouped) ms" } ?? "")
  }

  private func list(_ form: AgentForm, _ person: Person) async throws -> Reply {
    let agents = try await services.agents.own(by: person.session)
    let rows = agents.map { agent in
      OwnAgentListPage.Row(
        ownPath: Route.ownAgentPage.path([agent.id.rawValue]), ownName: "\(agent.author)/\(agent.slug)",
        ownTitle: agent.name, ownChips: agent.chips(isOnline: services.bridge.isOnline(agent.id.rawValue)))
    }
    let page = OwnAgentListPage(
      rows: rows, isEmpty: rows.isEmpty,
      agentSheet: AgentSheet(form, Route.ownAgentsPage.rawValue, "Create agent"))
    return services.pages.reply(.ownAgents, "Agents", page, for: person.visitor, showing: form.form)
  }
}

/// Where a list of tasks goes on.
enum TaskCursor {
  static func number(_ text: String) throws(MeshError) -> Int64 {
    guard let number = Int64(text), number > 0 else {
      throw MeshError(.validationError, "a place in the list is a number")
    }
    return number
  }
}
