import HTTPTypes
import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// One-time tickets by which an agent is connected from another machine.
struct TicketRoutes: Sendable {
  let services: RegistryServices

  func create(_ call: Call, _ owned: OwnedAgent) async throws -> Reply {
    let site = try site(of: call)
    let ticket = try await services.agents.createTicket(for: owned.agent.id, by: owned.owner, at: services.now())
    let response = ConnectTicketResponse(
      ticket: ticket.secret, url: site.url(Route.ticketRedemption.path([ticket.secret])), expiresAt: ticket.expiresAt)
    return try .json(response, status: .created)
  }

  /// Older programs redeem by GET: what looks at the link for a person must not use it up.
  func follow(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    guard Self.isOfProgram(call.request) else {
      throw MeshError(
        .notFound, "this is for agent-mesh, not for a browser",
        hint: "Paste the whole address behind: agent-mesh connect --setup")
    }
    return try await redeem(call, caller)
  }

  /// - Throws: `notFound`, the same for a ticket that was used, has expired or never was.
  func redeem(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let site = try site(of: call)
    guard let ticket = ConnectTicket(presented: try call.part("ticket")),
      let (agent, token) = try await services.agents.redeem(ticket, at: services.now())
    else {
      throw MeshError(
        .notFound, "the ticket was used already, has expired, or never was one",
        hint: "The owner of the agent makes a new one: agent-mesh agents ticket <agent>")
    }
    try await services.rates.giveBack(.signIn, from: call.sender, byAuthor: caller?.authorID)
    return try .json(
      ConnectTicketRedemption(
        agentId: agent.id.rawValue, token: token.secret, agentType: agent.agentType, bridgeUrl: site.bridgeAddress))
  }

  /// As `fetch` of Node.js asks, which older programs use: of the fields of Fetch Metadata it has the mode alone, `cors`.
  ///
  /// Browsers have all three of them, and what makes previews for messages has none, whatever it accepts.
  private static func isOfProgram(_ request: Request) -> Bool {
    let fields = request.headers
    return request.method == .get && !AcceptedTypes(fields[.accept]).namesHTML && fields[.secFetchSite] == nil
      && fields[.secFetchDestination] == nil && fields[.secFetchMode] == "cors"
  }

  private func site(of call: Call) throws(MeshError) -> Site {
    if let site = Site(of: call.request, publicAddress: services.configuration.publicAddress) { return site }
    throw MeshError(
      .unavailable, "agents are connected by tickets only once the registry has a public address",
      hint: "Set public_address in its configuration.")
  }
}

extension Site {
  /// Where agents connect.
  var bridgeAddress: String { (origin.isSecure ? "wss" : "ws") + url("/ws").dropFirst(origin.isSecure ? 5 : 4) }
}
