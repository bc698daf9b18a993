import RegistryAPI
import RegistryStore
import Skills

/// What an owner does with an agent.
struct AgentChangePages: Sendable {
  let services: RegistryServices

  func change(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    var form = try AgentForm(call)
    guard let update = form.update() else { return try await OwnAgentView(visit, form: form).reply(services) }
    do {
      try await apply(update, to: visit)
    } catch {
      try form.holdBack(error)
      return try await OwnAgentView(visit, form: form).reply(services)
    }
    return back(to: visit, .agentSaved)
  }

  /// One that nobody could call is not published.
  func publish(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    var button = TypedForm()
    if !services.bridge.isOnline(visit.agent.id.rawValue) {
      button.refuse(MeshError.agentOffline(visit.agent))
      return try await OwnAgentView(visit, button: button).reply(services)
    }
    try await apply(AgentUpdate(isPublished: true), to: visit)
    return back(to: visit, .agentPublished)
  }

  func unpublish(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    try await apply(AgentUpdate(isPublished: false), to: visit)
    return back(to: visit, .agentUnpublished)
  }

  func deletion(_ call: Call, _ visit: PersonalAgentVisit) -> Reply { deletionPage(TypedForm(), visit) }

  func delete(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let agent = visit.agent
    var form = try TypedForm(call, "confirmation")
    form.confirm("confirmation", is: agent.slug)
    guard form.isFaultless else { return deletionPage(form, visit) }
    guard try await services.agents.delete(agent.id, by: visit.person.session, at: services.now()) else {
      throw MeshError.unknownAgent(agent.id)
    }
    _ = await services.bridge.disconnect(agent.id.rawValue)
    services.bridge.eraseDeleted()
    return .redirect(to: Route.ownAgentsPage.rawValue, saying: .agentDeleted)
  }

  /// Shows the ticket, this once, in the command to paste.
  func createTicket(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let (agent, person) = (visit.agent, visit.person)
    let ticket: IssuedTicket
    do {
      ticket = try await services.agents.createTicket(for: agent.id, by: person.session, at: services.now())
    } catch {
      var button = TypedForm()
      try button.holdBack(error)
      return try await OwnAgentView(visit, button: button).reply(services)
    }
    let address = person.site.url(Route.ticketRedemption.path([ticket.secret]))
    let page = MessagePage(
      heading: "Connect \(agent.author)/\(agent.slug)",
      text: "Paste this where the agent is to run, with its program behind the two dashes. "
        + "It is shown this once, and connects the agent once, within 15 minutes.",
      secret: "agent-mesh connect exec --setup \(address) -- <program>", secretID: "ticket",
      linkPath: Route.ownAgentPage.path([agent.id.rawValue]), linkText: "Back to the agent")
    return services.pages.reply(.message, page.heading, page, for: person.visitor)
  }

  func grant(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    var form = try TypedForm(call, "grantee")
    let grantee = form.read("grantee") { try AuthorName(parsing: $0) }
    guard let grantee else { return try await OwnAgentView(visit, grantee: form).reply(services) }
    do {
      try await services.agents.grant(grantee, on: visit.agent.id, by: visit.person.session, at: services.now())
    } catch {
      try form.refuse("grantee", orHoldBack: error)
      return try await OwnAgentView(visit, grantee: form).reply(services)
    }
    return back(to: visit, .agentShared)
  }

  func revoke(_ call: Call, _ visit: PersonalAgentVisit) async throws -> Reply {
    let grantee = try call.authorName()
    try await services.agents.revoke(grantee, on: visit.agent.id, by: visit.person.session, at: services.now())
    return back(to: visit, .agentUnshared)
  }

  private func apply(_ update: AgentUpdate, to visit: PersonalAgentVisit) async throws {
    let id = visit.agent.id
    guard try await services.agents.update(id, update, by: visit.person.session, at: services.now()) != nil else {
      throw MeshError.unknownAgent(id)
    }
  }

  private func back(to visit: PersonalAgentVisit, _ notice: Notice) -> Reply {
    .redirect(to: Route.ownAgentPage.path([visit.agent.id.rawValue]), saying: notice)
  }

  private func deletionPage(_ form: TypedForm, _ visit: PersonalAgentVisit) -> Reply {
    let agent = visit.agent
    let page = FormPage(
      heading: "Delete \(agent.author)/\(agent.slug)",
      intro: "It goes offline, and its tickets, its tokens and everybody's access to it end. This cannot be undone.",
      problem: form.problem, action: Route.agentDeletion.path([agent.id.rawValue]),
      fields: [FormField("confirmation", "Type \(agent.slug) to confirm", in: form)], button: "Delete the agent",
      isDangerous: true)
    return services.pages.reply(.form, page.heading, page, for: visit.person.visitor, showing: form)
  }
}
