import RegistryAPI

/// The handler of every page of an agent, by the right that its row demands.
struct AgentPageHandlers: Sendable {
  typealias ForPerson = @Sendable (Call, PersonalAgentVisit) async throws -> Reply

  let services: RegistryServices

  private var agents: AgentPages { AgentPages(services: services) }
  private var chat: ChatPages { ChatPages(services: services) }
  private var own: OwnAgentPages { OwnAgentPages(services: services) }
  private var changes: AgentChangePages { AgentChangePages(services: services) }

  func handler(for page: AgentReaderPage) -> @Sendable (Call, AgentVisit) async throws -> Reply {
    switch page {
    case .link: agents.link
    case .show: agents.show
    }
  }

  func handler(for page: AgentCallerPage) -> ForPerson {
    switch page {
    case .chat: chat.begin
    case .send: chat.send
    case .conversation: chat.show
    case .events: chat.events
    case .stop: chat.stop
    }
  }

  func handler(for page: AgentOwnerPage) -> ForPerson {
    switch page {
    case .show: own.show
    case .change: changes.change
    case .publish: changes.publish
    case .unpublish: changes.unpublish
    case .deletion: changes.deletion
    case .delete: changes.delete
    case .createTicket: changes.createTicket
    case .grant: changes.grant
    case .revoke: changes.revoke
    case .calls: own.calls
    }
  }
}
