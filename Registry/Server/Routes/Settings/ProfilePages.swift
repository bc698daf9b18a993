import RegistryAPI
import RegistryStore
import Skills

/// What a person's account is called, and its password.
///
/// The current password is asked for where a session alone, which may be a browser that was left open, could take the
/// account from its owner: for a new password, and for the end of the account. Not so for a token: it is listed, ends by
/// itself and can be revoked, and approving a device makes one from the same session.
struct ProfilePages: Sendable {
  let services: RegistryServices

  func show(_ call: Call, _ person: Person) async throws -> Reply { try await page(person) }

  func change(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TypedForm(call, "display_name", "email", "public_email")
    let displayName = form.readOptional("display_name") { try DisplayName(parsing: $0) }
    let email = form.readOptional("email") { try EmailAddress(parsing: $0) }
    let publicEmail = form.readOptional("public_email") { try EmailAddress(parsing: $0) }
    guard form.isFaultless else { return try await page(person, profile: form) }
    do {
      try await services.accounts.updateProfile(
        of: person.account.id, displayName: displayName, email: email, publicEmail: publicEmail)
    } catch {
      try form.holdBack(error)
      return try await page(person, profile: form)
    }
    return done(.profileSaved)
  }

  func changePassword(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TypedForm(call, "current_password", "new_password")
    let old = form.read("current_password") { try Password(parsing: $0) }
    let new = form.read("new_password") { try Password(parsing: $0) }
    guard let old, let new else { return try await page(person, password: form) }
    do {
      try await services.accounts.changePassword(
        of: person.account, from: old, to: new, keeping: person.session.id, at: services.now())
    } catch AccountRefusal.wrongPassword {
      form.refuse("current_password", AccountRefusal.wrongPassword)
      return try await page(person, password: form)
    } catch {
      try form.holdBack(error)
      return try await page(person, password: form)
    }
    return done(.passwordChanged)
  }

  func changeHandle(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TypedForm(call, "handle")
    guard let handle = form.read("handle", { try AuthorName(parsing: $0) }) else {
      return try await page(person, handle: form)
    }
    do {
      try await services.accounts.rename(person.account.handle, to: handle, by: person.account.id, at: services.now())
    } catch let refusal as Accounts.AuthorRefusal {
      form.refuse("handle", refusal)
      return try await page(person, handle: form)
    } catch {
      try form.holdBack(error)
      return try await page(person, handle: form)
    }
    return done(.handleChanged)
  }

  private func done(_ notice: Notice) -> Reply { .redirect(to: Route.settings.rawValue, saying: notice) }

  /// The page with one of its forms as it was sent, or with none.
  private func page(
    _ person: Person, profile: TypedForm? = nil, password: TypedForm? = nil, handle: TypedForm? = nil
  ) async throws -> Reply {
    let account = person.account
    let shown = try await services.accounts.author(account.handle)?.publicEmail
    let present = TypedForm([
      "display_name": account.displayName?.text ?? "", "email": account.email?.text ?? "",
      "public_email": shown?.text ?? "", "handle": account.handle.rawValue,
    ])
    var forms = [
      Self.profileForm(profile ?? present), Self.passwordForm(password ?? present), Self.handleForm(handle ?? present),
    ]
    if services.configuration.signUp == .invitation { forms.append(Self.invitationForm) }
    let page = ProfilePage(forms: forms, deletionPath: Route.accountDeletion.rawValue)
    return services.pages.reply(
      .profile, "Settings", page, for: person.visitor, showing: profile ?? password ?? handle ?? present)
  }

  private static let invitationForm = FormPage(
    heading: "Invitation", intro: "A link with which somebody else makes an account, once, within three days.",
    action: Route.invitation.rawValue, fields: [], button: "Make a link")

  private static func profileForm(_ form: TypedForm) -> FormPage {
    FormPage(
      heading: "Profile", problem: form.problem, action: Route.settings.rawValue,
      fields: [
        FormField("display_name", "Display name (optional)", in: form, autocomplete: "name"),
        FormField(
          "email", "E-mail (optional)", in: form, kind: "email", autocomplete: "email", note: "Others do not see it."),
        FormField(
          "public_email", "E-mail on your author page (optional)", in: form, kind: "email", autocomplete: "email",
          note: "Everybody sees it."),
      ], button: "Save the profile")
  }

  private static func passwordForm(_ form: TypedForm) -> FormPage {
    FormPage(
      heading: "Password", intro: "A new password ends every session but this one. Tokens stay.",
      problem: form.problem, action: Route.passwordChange.rawValue,
      fields: [.currentPassword(in: form), .newPassword("new_password", "New password", in: form)],
      button: "Change the password")
  }

  private static func handleForm(_ form: TypedForm) -> FormPage {
    FormPage(
      heading: "Handle",
      intro: "You sign in with it, and your skills are named by it. Links and programs that use the old one are led to "
        + "the new one; a project keeps the old one in its lock until its next update. Nobody else ever gets it, and "
        + "you can take it back.",
      problem: form.problem, action: Route.handleChange.rawValue,
      fields: [FormField("handle", "Handle", in: form, autocomplete: "username", note: FormField.nameRule)],
      button: "Change the handle")
  }
}
