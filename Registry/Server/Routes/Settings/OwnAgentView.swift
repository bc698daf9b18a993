import RegistryAPI
import RegistryStore
import Skills

/// The page of an agent for its owner, with its forms as they were sent.
struct OwnAgentView {
  private let agent: AgentRecord
  private let person: Person
  private let form: AgentForm
  private let grantee: TypedForm
  private let button: TypedForm
  /// The one that was sent.
  private let sent: TypedForm

  /// - Parameters:
  ///   - form: The fields of the agent, when they are what was sent; as the other two.
  ///   - grantee: The form for whom it is shared with.
  ///   - button: What came of a button.
  init(
    _ visit: PersonalAgentVisit, form: AgentForm? = nil, grantee: TypedForm? = nil, button: TypedForm? = nil
  ) {
    agent = visit.agent
    person = visit.person
    self.form = form ?? AgentForm(visit.agent)
    self.grantee = grantee ?? TypedForm()
    self.button = button ?? TypedForm()
    sent = form?.form ?? grantee ?? button ?? TypedForm()
  }

  func reply(_ services: RegistryServices) async throws -> Reply {
    let grants = try await services.agents.grants(of: agent.id, by: person.session)
    let name = "\(agent.author)/\(agent.slug)"
    let page = OwnAgentPage(
      agentName: name, agentPath: Route.agentPage.path(of: agent),
      chips: agent.chips(isOnline: services.bridge.isOnline(agent.id.rawValue)), buttonProblem: button.problem,
      ticketPath: path(.agentTicket), publicationPath: path(agent.isPublished ? .agentWithdrawal : .agentPublication),
      publicationLabel: agent.isPublished ? "Unpublish" : "Publish", publicationNote: publicationNote,
      agentSheet: AgentSheet(form, path(.ownAgentPage), "Save"), grants: grants.map(row), sharing: sharing,
      callsPath: path(.agentCallsPage), deletionPath: path(.agentDeletion))
    return services.pages.reply(.ownAgent, name, page, for: person.visitor, showing: sent)
  }

  private var publicationNote: String {
    agent.isPublished
      ? "Once it is unpublished, only you and those to whom it is shared see it."
      : "A public agent is in the directory once it is published. It has to be online then."
  }

  private var sharing: FormPage {
    FormPage(
      heading: "Share", problem: grantee.problem, action: path(.agentSharing),
      fields: [FormField("grantee", "Account or organisation", in: grantee)], button: "Share the agent")
  }

  private func row(_ grant: AgentGrant) -> OwnAgentPage.Grant {
    OwnAgentPage.Grant(
      grantee: grant.author.rawValue, granteePath: Route.authorPage.path([grant.author.rawValue]),
      since: PageTime(grant.grantedAt),
      revocationPath: Route.agentSharingEnd.path([agent.id.rawValue, grant.author.rawValue]))
  }

  private func path(_ route: Route) -> String { route.path([agent.id.rawValue]) }
}
