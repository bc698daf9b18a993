import RegistryAPI
import RegistryStore
import Skills

/// Handing an organisation to somebody else, which both sides have to want.
struct TransferPages: Sendable {
  let services: RegistryServices

  func offer(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    var form = try TypedForm(call, "recipient")
    let recipient = form.read("recipient") { try AuthorName(parsing: $0) }
    guard let recipient else { return try await page(organisation, person, form) }
    do {
      _ = try await services.accounts.offer(organisation, to: recipient, by: person.account.id, at: services.now())
    } catch {
      try form.refuse("recipient", orHoldBack: error)
      return try await page(organisation, person, form)
    }
    return .redirect(to: Route.organisationPage.path([organisation.name.rawValue]), saying: .transferOffered)
  }

  func accept(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    try await services.accounts.accept(transfer: id, by: person.account.id, at: services.now())
    return .redirect(to: Route.organisationsPage.rawValue, saying: .transferAccepted)
  }

  /// Declines an offer, or withdraws one's own.
  func end(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    try await services.accounts.decline(transfer: id, by: person.account.id, at: services.now())
    return .redirect(to: Route.organisationsPage.rawValue, saying: .transferEnded)
  }

  private func page(_ organisation: Organisation, _ person: Person, _ form: TypedForm) async throws -> Reply {
    try await OrganisationView(organisation, person, recipient: form).reply(services)
  }
}
