import HTTPTypes
import Hummingbird
import RegistryAPI

/// The router: every row of the table of endpoints with its right enforced, then its handler.
struct RegistryRouter {
  private let router = Router(context: RegistryContext.self, options: .autoGenerateHeadEndpoints)
  private let authorization: Authorization
  private let outbound: Outbound
  private let limits: RegistryLimits

  /// - Parameter logsRequests: Whether there is a line for each of them.
  static func make(_ services: RegistryServices, logsRequests: Bool) -> Router<RegistryContext> {
    let registry = RegistryRouter(services)
    if logsRequests { registry.router.add(middleware: RequestLog()) }
    registry.router.add(middleware: ErrorResponses())
    registry.addEndpoints(EndpointHandlers(services))
    return registry.router
  }

  private init(_ services: RegistryServices) {
    limits = services.limits
    authorization = Authorization(accounts: services.accounts, catalog: services.catalog, now: services.now)
    outbound = Outbound(
      budget: ResponseBudget(limit: limits.outstanding, limitPerClient: limits.outstandingPerClient), limits: limits)
  }

  private func addEndpoints(_ handlers: EndpointHandlers) {
    let (authorization, outbound) = (authorization, outbound)
    for endpoint in OpenEndpoint.allCases {
      let handle = handlers.handler(for: endpoint)
      on(endpoint.row) { call, caching in
        let caller = try await authorization.caller(of: call.request)
        return try outbound.response(await handle(call, caller), caching: caching, for: call)
      }
    }
    for endpoint in ReaderEndpoint.allCases {
      let handle = handlers.handler(for: endpoint)
      on(endpoint.row) { call, caching in
        let skill = try await authorization.reader(call)
        let reply = try await handle(call, skill)
        return try outbound.response(reply, caching: skill.history.skill.isPrivate ? .never : caching, for: call)
      }
    }
    for endpoint in OwnerEndpoint.allCases {
      let handle = handlers.handler(for: endpoint)
      on(endpoint.row) { call, caching in
        let skill = try await authorization.owner(call)
        return try outbound.response(await handle(call, skill), caching: caching, for: call)
      }
    }
    for endpoint in AccountEndpoint.allCases {
      let handle = handlers.handler(for: endpoint)
      on(endpoint.row) { call, caching in
        let caller = try await authorization.account(call)
        return try outbound.response(await handle(call, caller), caching: caching, for: call)
      }
    }
  }

  private func on(_ row: Endpoint, _ respond: @escaping @Sendable (Call, Caching) async throws -> Response) {
    let (limits, caching) = (limits, row.caching)
    router.on(RouterPath(row.route.rawValue), method: HTTPRequest.Method(row.method)) { request, context in
      try await respond(Call(request, context, limits: limits), caching)
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
      case .delete: .delete
      }
  }
}
