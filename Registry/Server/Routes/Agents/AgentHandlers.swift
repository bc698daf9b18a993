import RegistryAPI
import RegistryStore

/// The handler of every row about agents, by the right that the row demands.
struct AgentHandlers: Sendable {
  let services: RegistryServices

  private var directory: AgentDirectoryRoutes { AgentDirectoryRoutes(services: services) }
  private var tickets: TicketRoutes { TicketRoutes(services: services) }
  private var own: OwnAgentRoutes { OwnAgentRoutes(services: services) }
  private var grants: AgentGrantRoutes { AgentGrantRoutes(services: services) }
  private var calls: CallRoutes { CallRoutes(services: services) }
  private var tasks: TaskRoutes { TaskRoutes(services: services) }
  private var signals: SignalRoutes { SignalRoutes(services: services) }
  private var platform: PlatformRoutes { PlatformRoutes(services: services) }
  private var webhooks: WebhookRoutes { WebhookRoutes(services: services) }

  func handler(for endpoint: AgentDirectoryEndpoint) -> EndpointHandlers.Open {
    switch endpoint {
    case .discover: directory.discover
    case .lookup: directory.lookup
    case .redeemTicket: tickets.redeem
    case .followTicket: tickets.follow
    }
  }

  func handler(for endpoint: OwnAgentsEndpoint) -> EndpointHandlers.Account {
    switch endpoint {
    case .list: own.list
    case .create: own.create
    }
  }

  func handler(for endpoint: OwnedAgentEndpoint) -> @Sendable (Call, OwnedAgent) async throws -> Reply {
    switch endpoint {
    case .show: own.show
    case .update, .settings: own.update
    case .delete: own.delete
    case .createTicket: tickets.create
    case .disconnect: own.disconnect
    case .grants: grants.list
    case .grant: grants.grant
    case .revoke: grants.revoke
    }
  }

  func handler(for endpoint: VisitedAgentEndpoint) -> @Sendable (Call, VisitedAgent) async throws -> Reply {
    switch endpoint {
    case .status: directory.status
    case .statistics: directory.statistics
    }
  }

  func handler(for endpoint: CalledAgentEndpoint) -> @Sendable (Call, CalledAgent) async throws -> Reply {
    switch endpoint {
    case .call: calls.call
    case .chat: calls.chat
    case .taskStatus: tasks.status
    case .taskEvents: tasks.events
    case .cancelTask: tasks.cancel
    case .conversations: tasks.conversations
    case .rate: tasks.rate
    case .signal: signals.signal
    }
  }

  func handler(for endpoint: PlatformEndpoint) -> @Sendable (Call, PlatformCaller) async throws -> Reply {
    switch endpoint {
    case .relay: platform.relay
    case .cancel: platform.cancel
    case .disconnect: platform.disconnect
    case .call: platform.call
    case .taskStatus: platform.taskStatus
    case .connections: platform.connections
    case .signal: signals.signalOfPlatform
    }
  }

  func handler(for endpoint: WebhookEndpoint) -> EndpointHandlers.Account {
    switch endpoint {
    case .list: webhooks.list
    case .subscribe: webhooks.subscribe
    case .unsubscribe: webhooks.unsubscribe
    }
  }
}
