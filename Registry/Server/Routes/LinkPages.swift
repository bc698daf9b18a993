import RegistryAPI
import RegistryStore
import Skills

/// One-time links: looking at one uses nothing up, so that a preview of a message does not.
struct LinkPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    guard visitor.site != nil else { throw Site.missing }
    let secret = try Self.secret(call)
    let invitation = try await invitation(secret)
    if case .reset(let handle) = invitation { return resetPage(handle, secret, TypedForm(), visitor) }
    return page(AccountForm(fixedHandle: invitation.handle), secret, visitor)
  }

  func submit(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let secret = try Self.secret(call)
    let invitation = try await invitation(secret)
    if case .reset(let handle) = invitation { return try await reset(handle, secret, call, visitor) }
    var form = try AccountForm(call, fixedHandle: invitation.handle)
    let account = try await form.account { try await services.accounts.signUp($0, with: secret, at: services.now()) }
    guard let account else { return page(form, secret, visitor) }
    return try await services.startSession(of: account, call, visitor, leadingTo: Route.home.rawValue)
  }

  private func reset(_ handle: AuthorName, _ secret: Secret, _ call: Call, _ visitor: Visitor) async throws -> Reply {
    var form = try TypedForm(call, "password")
    let password = form.read("password") { try Password(parsing: $0) }
    guard let password else { return resetPage(handle, secret, form, visitor) }
    let account: Account
    do {
      account = try await services.accounts.resetPassword(secret, to: password, at: services.now())
    } catch {
      try form.holdBack(error)
      return resetPage(handle, secret, form, visitor)
    }
    return try await services.startSession(of: account, call, visitor, leadingTo: Route.home.rawValue)
  }

  private static func secret(_ call: Call) throws -> Secret {
    guard let secret = Secret(presented: try call.part("secret")) else { throw ended }
    return secret
  }

  private func invitation(_ secret: Secret) async throws -> Invitation {
    guard let invitation = try await services.accounts.invitation(secret, at: services.now()) else { throw Self.ended }
    return invitation
  }

  private static let ended = MeshError(
    .notFound, "the link was used, has expired, or never was one", hint: "Ask whoever gave it to you for a new one.")

  private func page(_ account: AccountForm, _ secret: Secret, _ visitor: Visitor) -> Reply {
    let form = FormPage(
      heading: "Create your account", problem: account.form.problem, action: Route.link.path([secret.text]),
      fields: account.fields, button: "Create account")
    return services.pages.reply(.form, form.heading, form, for: visitor, showing: account.form)
  }

  private func resetPage(_ handle: AuthorName, _ secret: Secret, _ typed: TypedForm, _ visitor: Visitor) -> Reply {
    let form = FormPage(
      heading: "Set a new password for \(handle)", problem: typed.problem, action: Route.link.path([secret.text]),
      fields: [.newPassword("password", "New password", in: typed)], button: "Set the password")
    return services.pages.reply(.form, "New password", form, for: visitor, showing: typed)
  }
}
