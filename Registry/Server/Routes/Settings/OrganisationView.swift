import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// The page of an organisation for one of its members, with its forms as they were sent.
struct OrganisationView {
  private let organisation: Organisation
  private let person: Person
  private let member: TypedForm
  private let name: TypedForm
  private let recipient: TypedForm
  /// The one that was sent.
  private let sent: TypedForm

  /// - Parameters:
  ///   - member: The form for a member, when it is what was sent; as the other two.
  ///   - name: The form for another name.
  ///   - recipient: The form for an offer.
  init(
    _ organisation: Organisation, _ person: Person, member: TypedForm? = nil, name: TypedForm? = nil,
    recipient: TypedForm? = nil
  ) {
    self.organisation = organisation
    self.person = person
    self.member = member ?? TypedForm(["role": Role.reader.rawValue])
    self.name = name ?? TypedForm(["name": organisation.name.rawValue])
    self.recipient = recipient ?? TypedForm()
    sent = member ?? name ?? recipient ?? TypedForm()
  }

  /// - Throws: `notFound` for whoever is no member.
  func reply(_ services: RegistryServices) async throws -> Reply {
    let members = try await services.accounts.members(of: organisation)
    guard let own = members.first(where: { $0.account == person.account.id }) else {
      throw MeshError(
        .notFound, "you are no member of \(organisation.name)", hint: "One of its owners can add you by your handle.")
    }
    let isOwner = own.role == .owner
    let offer = try await isOwner ? standingOffer(services) : nil
    let contents = OrganisationPage(
      organisationName: organisation.name.rawValue,
      organisationPath: Route.authorPage.path([organisation.name.rawValue]),
      members: members.map { row($0, isManaged: isOwner) }, ownership: isOwner ? ownership(offer) : nil)
    return services.pages.reply(
      .organisation, organisation.name.rawValue, contents, for: person.visitor, showing: sent)
  }

  private func standingOffer(_ services: RegistryServices) async throws -> OrganisationPage.Offer? {
    let transfers = try await services.accounts.transfers(of: person.account.id, at: services.now())
    let own = transfers.first { $0.organisation == organisation.name && $0.from == person.account.handle }
    return own.map { transfer in
      OrganisationPage.Offer(
        recipient: transfer.to.rawValue, until: transfer.expiresAt.ISO8601Format(),
        withdrawalPath: Route.transferEnd.path(["\(transfer.id)"]))
    }
  }

  private func row(_ member: Membership, isManaged: Bool) -> OrganisationPage.Member {
    let management = OrganisationPage.Management(
      rolePath: path(.organisationMembers), roles: Self.choices(member.role.rawValue),
      removalPath: Route.memberRemoval.path([organisation.name.rawValue, member.handle.rawValue]))
    return OrganisationPage.Member(
      memberHandle: member.handle.rawValue, memberPath: Route.authorPage.path([member.handle.rawValue]),
      role: member.role.rawValue, since: member.since.ISO8601Format(), management: isManaged ? management : nil)
  }

  private func ownership(_ offer: OrganisationPage.Offer?) -> OrganisationPage.Ownership {
    OrganisationPage.Ownership(
      membersPath: path(.organisationMembers), memberProblem: member.problem,
      memberFields: [FormField("handle", "Handle", in: member)],
      roles: Self.choices(member["role"]), offer: offer, forms: [nameForm, recipientForm],
      deletionPath: path(.organisationDeletion))
  }

  private var nameForm: FormPage {
    FormPage(
      heading: "Name",
      intro: "Links and programs that use the old name are led to the new one; a project keeps the old one in its lock "
        + "until its next update. Nobody else ever gets it.",
      problem: name.problem, action: path(.organisationRename),
      fields: [FormField("name", "Name", in: name)], button: "Rename the organisation")
  }

  private var recipientForm: FormPage {
    FormPage(
      heading: "Transfer",
      intro: "The organisation and everything that is published under its name goes to somebody else once they accept. "
        + "Then every member and every token of today loses its rights. An earlier offer ends with a new one.",
      problem: recipient.problem, action: path(.organisationTransfer),
      fields: [FormField("recipient", "Handle of the new owner", in: recipient)], button: "Offer the organisation",
      isDangerous: true)
  }

  private func path(_ route: Route) -> String { route.path([organisation.name.rawValue]) }

  private static func choices(_ chosen: String) -> [OrganisationPage.RoleChoice] {
    Role.allCases.map { role in
      OrganisationPage.RoleChoice(
        roleID: role.rawValue, roleMeaning: role.meaning, isChosen: role.rawValue == chosen)
    }
  }
}

extension Role {
  /// For whoever gives it.
  fileprivate var meaning: String {
    switch self {
    case .reader: "reader: reads private skills"
    case .publisher: "publisher: also publishes"
    case .owner: "owner: also changes members and names"
    }
  }
}
