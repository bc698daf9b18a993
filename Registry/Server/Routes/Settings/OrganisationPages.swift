import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Organisations of whoever is signed in: which there are, making one, and its members and names.
struct OrganisationPages: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ person: Person) async throws -> Reply { try await list(TypedForm(), person) }

  func create(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TypedForm(call, "name", "display_name")
    let name = form.read("name") { try AuthorName(parsing: $0) }
    let displayName = form.readOptional("display_name") { try DisplayName(parsing: $0) }
    guard let name, form.isFaultless else { return try await list(form, person) }
    do {
      _ = try await services.accounts.createOrganisation(
        name, displayName: displayName, by: person.account.id, at: services.now())
    } catch let refusal where refusal is Accounts.AuthorRefusal || refusal is QuotaRefusal {
      form.refuse("name", refusal)
      return try await list(form, person)
    } catch {
      try form.holdBack(error)
      return try await list(form, person)
    }
    return .redirect(to: Route.organisationPage.path([name.rawValue]), saying: .organisationCreated)
  }

  func show(_ call: Call, _ person: Person) async throws -> Reply {
    try await OrganisationView(try await services.organisation(call), person).reply(services)
  }

  /// Adds a member or gives it another role.
  func changeRole(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    var form = try TypedForm(call, "handle", "role")
    guard let role = Role(rawValue: form["role"]) else {
      throw MeshError(.invalidRequest, "a role is reader, publisher or owner")
    }
    let handle = form.read("handle") { try AuthorName(parsing: $0) }
    guard let handle else { return try await page(organisation, person, member: form) }
    do {
      try await services.accounts.setRole(role, of: handle, in: organisation, by: person.account.id, at: services.now())
    } catch {
      try form.refuse("handle", orHoldBack: error)
      return try await page(organisation, person, member: form)
    }
    return .redirect(to: Route.organisationPage.path([organisation.name.rawValue]), saying: .memberSaved)
  }

  /// Removes a member, or oneself.
  func removeMember(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    let handle = try AuthorName(parsing: try call.part("handle"))
    try await services.accounts.removeMember(handle, from: organisation, by: person.account.id, at: services.now())
    if handle == person.account.handle {
      return .redirect(to: Route.organisationsPage.rawValue, saying: .organisationLeft)
    }
    return .redirect(to: Route.organisationPage.path([organisation.name.rawValue]), saying: .memberRemoved)
  }

  func rename(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    var form = try TypedForm(call, "name")
    let name = form.read("name") { try AuthorName(parsing: $0) }
    guard let name else { return try await page(organisation, person, name: form) }
    do {
      try await services.accounts.rename(organisation.name, to: name, by: person.account.id, at: services.now())
    } catch let refusal as Accounts.AuthorRefusal {
      form.refuse("name", refusal)
      return try await page(organisation, person, name: form)
    } catch {
      try form.holdBack(error)
      return try await page(organisation, person, name: form)
    }
    return .redirect(to: Route.organisationPage.path([name.rawValue]), saying: .organisationRenamed)
  }

  private func page(
    _ organisation: Organisation, _ person: Person, member: TypedForm? = nil, name: TypedForm? = nil
  ) async throws -> Reply {
    try await OrganisationView(organisation, person, member: member, name: name).reply(services)
  }

  private func list(_ form: TypedForm, _ person: Person) async throws -> Reply {
    let account = person.account
    let memberships = try await services.accounts.organisations(of: account.id)
    let transfers = try await services.accounts.transfers(of: account.id, at: services.now())
    let rows = memberships.map { membership in
      let name = membership.organisation.name.rawValue
      return OrganisationListPage.Row(
        organisationName: name, organisationPath: Route.organisationPage.path([name]),
        role: membership.role.rawValue, leavePath: Route.memberRemoval.path([name, account.handle.rawValue]))
    }
    let offers = transfers.filter { $0.to == account.handle }.map { transfer in
      OrganisationListPage.Offer(
        offered: transfer.organisation.rawValue, giver: transfer.from.rawValue,
        until: transfer.expiresAt.ISO8601Format(), acceptPath: Route.transferAcceptance.path(["\(transfer.id)"]),
        declinePath: Route.transferEnd.path(["\(transfer.id)"]))
    }
    let page = OrganisationListPage(
      offers: offers, skillOffers: try await services.skillOffers(for: person), rows: rows, isEmpty: rows.isEmpty,
      forms: [Self.creationForm(form)])
    return services.pages.reply(
      .organisations, "Organisations", page, for: person.visitor, showing: form)
  }

  private static func creationForm(_ form: TypedForm) -> FormPage {
    FormPage(
      heading: "Create an organisation", problem: form.problem, action: Route.organisationsPage.rawValue,
      fields: [
        FormField("name", "Name", in: form, note: FormField.nameRule),
        FormField("display_name", "Display name (optional)", in: form),
      ], button: "Create organisation")
  }
}
