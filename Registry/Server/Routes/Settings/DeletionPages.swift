import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// The end of an account and of an organisation: a page of its own, on which the name is typed.
struct DeletionPages: Sendable {
  let services: RegistryServices

  private static let consequences =
    "What was published stays, so that what depends on it goes on working. The name is never given to anybody else. "
    + "This cannot be undone."

  func account(_ call: Call, _ person: Person) -> Reply { accountPage(TypedForm(), nil, person) }

  func deleteAccount(_ call: Call, _ person: Person) async throws -> Reply {
    let account = person.account
    var form = try TypedForm(call, "confirmation", "current_password")
    form.confirm("confirmation", is: account.handle)
    let password = form.read("current_password") { try Password(parsing: $0) }
    guard let password, form.isFaultless else { return accountPage(form, nil, person) }
    guard try await services.accounts.signIn(account.handle, password)?.id == account.id else {
      form.refuse("current_password", AccountRefusal.wrongPassword)
      return accountPage(form, nil, person)
    }
    do {
      try await services.accounts.delete(account.id, at: services.now())
    } catch let refusal as AccountRefusal where refusal.meshError.code == .conflict {
      return accountPage(form, refusal.meshError.description, person)
    }
    return .redirect(to: Route.signIn.rawValue, saying: .accountDeleted, cookie: person.site.cookie(nil))
  }

  func organisation(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    let members = try await services.accounts.members(of: organisation)
    guard members.contains(where: { $0.account == person.account.id && $0.role == .owner }) else {
      throw AccountRefusal.notOwner(organisation.name)
    }
    return organisationPage(organisation, TypedForm(), person)
  }

  func deleteOrganisation(_ call: Call, _ person: Person) async throws -> Reply {
    let organisation = try await services.organisation(call)
    var form = try TypedForm(call, "confirmation")
    form.confirm("confirmation", is: organisation.name)
    guard form.isFaultless else { return organisationPage(organisation, form, person) }
    try await services.accounts.delete(organisation, by: person.account.id, at: services.now())
    return .redirect(to: Route.organisationsPage.rawValue, saying: .organisationDeleted)
  }

  private func accountPage(_ form: TypedForm, _ problem: String?, _ person: Person) -> Reply {
    page(
      FormPage(
        heading: "Delete the account \(person.account.handle)",
        intro: "Your name, your e-mail, your sessions and your tokens go. " + Self.consequences, problem: problem,
        action: Route.accountDeletion.rawValue,
        fields: [
          FormField("confirmation", "Type \(person.account.handle) to confirm", in: form),
          .currentPassword(in: form),
        ], button: "Delete the account", isDangerous: true),
      status: problem == nil ? form.status : .unprocessableContent, person)
  }

  private func organisationPage(_ organisation: Organisation, _ form: TypedForm, _ person: Person) -> Reply {
    let name = organisation.name
    return page(
      FormPage(
        heading: "Delete the organisation \(name)", intro: "Its members and its tokens go. " + Self.consequences,
        action: Route.organisationDeletion.path([name.rawValue]),
        fields: [FormField("confirmation", "Type \(name) to confirm", in: form)], button: "Delete the organisation",
        isDangerous: true),
      status: form.status, person)
  }

  private func page(_ form: FormPage, status: HTTPResponse.Status, _ person: Person) -> Reply {
    services.pages.reply(.form, form.heading, form, for: person.visitor, status: status)
  }
}
