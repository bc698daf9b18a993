import RegistryAPI
import RegistryStore
import Skills

/// The end of an account and of an organisation: a page of its own, on which the name is typed.
struct DeletionPages: Sendable {
  let services: RegistryServices

  private static let consequences =
    "What was published stays, so that what depends on it goes on working. The name is never given to anybody else. "
    + "This cannot be undone."

  func account(_ call: Call, _ person: Person) -> Reply { accountPage(TypedForm(), person) }

  func deleteAccount(_ call: Call, _ person: Person) async throws -> Reply {
    let account = person.account
    var form = try TypedForm(call, "confirmation", "current_password")
    form.confirm("confirmation", is: account.handle)
    let password = form.read("current_password") { try Password(parsing: $0) }
    guard let password, form.isFaultless else { return accountPage(form, person) }
    do {
      guard try await services.accounts.signIn(account.handle, password)?.id == account.id else {
        form.refuse("current_password", AccountRefusal.wrongPassword)
        return accountPage(form, person)
      }
      try await services.accounts.delete(account.id, at: services.now())
      services.bridge.eraseDeleted()
    } catch {
      try form.holdBack(error)
      return accountPage(form, person)
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
    do {
      try await services.accounts.delete(organisation, by: person.account.id, at: services.now())
      services.bridge.eraseDeleted()
    } catch {
      try form.holdBack(error)
      return organisationPage(organisation, form, person)
    }
    return .redirect(to: Route.organisationsPage.rawValue, saying: .organisationDeleted)
  }

  private func accountPage(_ form: TypedForm, _ person: Person) -> Reply {
    page(
      FormPage(
        heading: "Delete the account \(person.account.handle)",
        intro: "Your name, your e-mail, your sessions and your tokens go. " + Self.consequences, problem: form.problem,
        action: Route.accountDeletion.rawValue,
        fields: [
          FormField("confirmation", "Type \(person.account.handle) to confirm", in: form),
          .currentPassword(in: form),
        ], button: "Delete the account", isDangerous: true),
      showing: form, person)
  }

  private func organisationPage(_ organisation: Organisation, _ form: TypedForm, _ person: Person) -> Reply {
    let name = organisation.name
    return page(
      FormPage(
        heading: "Delete the organisation \(name)", intro: "Its members and its tokens go. " + Self.consequences,
        problem: form.problem, action: Route.organisationDeletion.path([name.rawValue]),
        fields: [FormField("confirmation", "Type \(name) to confirm", in: form)], button: "Delete the organisation",
        isDangerous: true),
      showing: form, person)
  }

  private func page(_ page: FormPage, showing form: TypedForm, _ person: Person) -> Reply {
    services.pages.reply(.form, page.heading, page, for: person.visitor, showing: form)
  }
}
