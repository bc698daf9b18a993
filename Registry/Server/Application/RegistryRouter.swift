import Foundation
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The router: every row of the table of endpoints with its right enforced, then its handler when it is its turn.
struct RegistryRouter {
  let router = Router(context: RegistryContext.self, options: .autoGenerateHeadEndpoints)
  private let authorization: Authorization
  private let outbound: Outbound
  private let limits: RegistryLimits
  private let bodies: ByteBudget
  private let rates: RateLimiter
  private let proxies: TrustedProxies
  private let rendered: RenderedPages
  private let now: @Sendable () -> Date
  /// Where requests of a class wait for their turn; there is none for those that cost little or have turns of their own.
  private let queues: [RateClass: AdmissionQueue]

  /// - Parameter logsRequests: Whether there is a line for each of them.
  init(_ services: RegistryServices, logsRequests: Bool) {
    limits = services.limits
    rates = services.rates
    proxies = TrustedProxies(ranges: services.configuration.trustedProxies)
    rendered = services.rendered
    now = services.now
    authorization = Authorization(
      accounts: services.accounts, catalog: services.catalog, agents: services.agents,
      platformSecret: services.configuration.platformSecret, publicAddress: services.configuration.publicAddress,
      now: services.now)
    outbound = Outbound(
      budget: ByteBudget(of: .responses, limit: limits.outstanding, limitPerClient: limits.outstandingPerClient),
      limits: limits)
    bodies = ByteBudget(of: .requests, limit: limits.received, limitPerClient: limits.receivedPerClient)
    let costly = RateClass.allCases.filter(\.isCostly)
    queues = Dictionary(uniqueKeysWithValues: costly.map { ($0, Self.queue(services.limits)) })
    if logsRequests { router.add(middleware: RequestLog()) }
    router.add(middleware: BrowserPolicy(isSecure: services.configuration.publicAddress?.isSecure == true))
    let origins = services.configuration.webOrigins
    if !origins.isEmpty { router.add(middleware: CrossOrigin(origins: origins)) }
    router.add(middleware: ErrorResponses(pages: services.pages))
    addEndpoints(EndpointHandlers(services: services))
    addAgents(AgentHandlers(services: services))
    addPages(PageHandlers(services: services))
    addSettings(SettingsHandlers(services: services))
    addAgentPages(AgentPageHandlers(services: services))
  }

  private func addEndpoints(_ handlers: EndpointHandlers) {
    for endpoint in OpenEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.caller)
    }
    for endpoint in ReaderEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.reader)
    }
    for endpoint in PublisherEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.publisher)
    }
    for endpoint in OwnerEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.owner)
    }
    for endpoint in AccountEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.account)
    }
    for endpoint in PeopleEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.caller)
    }
    for endpoint in PersonalEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.account)
    }
  }

  private func addAgents(_ handlers: AgentHandlers) {
    for endpoint in AgentDirectoryEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.caller)
    }
    for endpoint in OwnAgentsEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.account)
    }
    for endpoint in OwnedAgentEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.agentOwner)
    }
    for endpoint in VisitedAgentEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.agentReader)
    }
    for endpoint in CalledAgentEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.agentCaller)
    }
    for endpoint in PlatformEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.platform)
    }
    for endpoint in WebhookEndpoint.allCases {
      on(endpoint.row, handlers.handler(for: endpoint), authorize: authorization.account)
    }
  }

  private func addPages(_ handlers: PageHandlers) {
    for page in VisitorPage.allCases { on(page.row, handlers.handler(for: page), authorize: authorization.visitor) }
    for page in ReaderPage.allCases {
      on(page.row, handlers.handler(for: page), authorize: authorization.visitingReader)
    }
    for page in OwnerPage.allCases { on(page.row, handlers.handler(for: page), authorize: authorization.owningPerson) }
    for page in PersonPage.allCases { on(page.row, handlers.handler(for: page), authorize: authorization.person) }
  }

  private func addSettings(_ handlers: SettingsHandlers) {
    for page in SettingsPage.allCases { on(page.row, handlers.handler(for: page), authorize: authorization.person) }
  }

  private func addAgentPages(_ handlers: AgentPageHandlers) {
    for page in AgentReaderPage.allCases {
      on(page.row, handlers.handler(for: page), authorize: authorization.visitingAgentReader)
    }
    for page in AgentCallerPage.allCases {
      on(page.row, handlers.handler(for: page), authorize: authorization.callingPerson)
    }
    for page in AgentOwnerPage.allCases {
      on(page.row, handlers.handler(for: page), authorize: authorization.agentOwningPerson)
    }
  }

  private static func queue(_ limits: RegistryLimits) -> AdmissionQueue {
    AdmissionQueue(
      concurrency: limits.costlyRequests, limit: limits.openJobs, limitPerClient: limits.openJobsPerClient)
  }

  /// - Parameter authorize: Enforces the right of the row, and gives the handler what it is about.
  private func on<Subject: RequestSubject>(
    _ row: Endpoint, _ handle: @escaping @Sendable (Call, Subject) async throws -> Reply,
    authorize: @escaping @Sendable (Call, Endpoint) async throws -> Subject
  ) {
    let (limits, outbound, bodies, queue) = (limits, outbound, bodies, queues[row.rate])
    let (rates, proxies, authorization) = (rates, proxies, authorization)
    let (rendered, now) = (rendered, now)
    router.on(RouterPath(row.route.rawValue), method: HTTPRequest.Method(row.method)) { request, context -> Response in
      let announced = Call(
        request, context, limits: limits, bodies: bodies, responses: outbound.budget, proxies: proxies)
      try authorization.demandOwnPage(announced, row)
      try await rates.take(row.rate, from: announced.sender)
      let asker = try await authorize(announced, row)
      try await rates.take(row.rate, byAuthor: asker.payer)
      // Before its turn: whoever sends slowly holds up nobody.
      let call = try await announced.receiving(row)
      // A session may have ended while its form was on its way; what a token changes asks again where it is changed.
      let isForm = row.access.isForBrowsers && row.method != .get
      let subject = try await isForm ? authorize(call, row) : asker
      // The files that all pages share name nobody.
      let caching = subject.isPrivate && row.route != .asset ? .never : row.caching
      func answer() async throws -> Reply {
        guard let queue else { return try await handle(call, subject) }
        return try await queue.run(for: call.client) { try await handle(call, subject) }
      }
      // Also after a failure: what it left may be unknown.
      defer { if row.mayChangePages { rendered.forgetAll() } }
      let isForAll = row.access.isForBrowsers && row.caching == .revalidated && !subject.isPrivate
      let reply = try await isForAll ? rendered.reply(to: call, at: now(), rendering: answer) : answer()
      return try outbound.response(reply, caching: caching, for: call)
    }
  }
}

extension HTTPRequest.Method {
  fileprivate init(_ method: Endpoint.Method) {
    self =
      switch method {
      case .get: .get
      case .post: .post
      case .put: .put
      case .patch: .patch
      case .delete: .delete
      }
  }
}
