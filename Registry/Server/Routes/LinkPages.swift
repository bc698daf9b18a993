import HTTPTypes
import RegistryAPI
import RegistryStore
import Skills

/// One-time links: looking at one uses nothing up, so that a preview of a message does not.
struct LinkPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    guard visitor.site != nil else { throw Site.missing }
    let secret = try Self.secret(call)
    switch try await purpose(of: secret) {
    case .firstAccount: return page(AccountForm(), secret, .ok, visitor)
    case .account(let author): return page(AccountForm(fixedHandle: author), secret, .ok, visitor)
    case .reset(let handle): return resetPage(handle, secret, nil, visitor)
    }
  }

  func submit(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let secret = try Self.secret(call)
    let fields = try call.fields()
    let author: AuthorName?
    switch try await purpose(of: secret) {
    case .reset(let handle): return try await reset(handle, secret, fields, call, visitor)
    case .firstAccount: author = nil
    case .account(let name): author = name
    }
    var form = try AccountForm(fields, fixedHandle: author)
    let account = try await form.account { try await services.accounts.signUp($0, with: secret, at: services.now()) }
    guard let account else { return page(form, secret, .unprocessableContent, visitor) }
    return try await services.startSession(of: account, call, visitor, leadingTo: Route.home.rawValue)
  }

  private func reset(
    _ handle: AuthorName, _ secret: Secret, _ fields: FormFields, _ call: Call, _ visitor: Visitor
  ) async throws -> Reply {
    let password: Password
    do {
      password = try Password(parsing: fields.one("password") ?? "")
    } catch {
      return resetPage(handle, secret, error.message, visitor)
    }
    let account = try await services.accounts.resetPassword(secret, to: password, at: services.now())
    return try await services.startSession(of: account, call, visitor, leadingTo: Route.home.rawValue)
  }

  private static func secret(_ call: Call) throws -> Secret {
    guard let secret = Secret(presented: try call.part("secret")) else { throw ended }
    return secret
  }

  private func purpose(of secret: Secret) async throws -> Invitation.Purpose {
    guard let invitation = try await services.accounts.invitation(secret, at: services.now()) else { throw Self.ended }
    return invitation.purpose
  }

  private static let ended = MeshError(
    .notFound, "the link was used, has expired, or never was one", hint: "Ask whoever gave it to you for a new one.")

  private func page(
    _ account: AccountForm, _ secret: Secret, _ status: HTTPResponse.Status, _ visitor: Visitor
  ) -> Reply {
    let form = FormPage(
      heading: "Make your account", action: Route.link.path([secret.text]), fields: account.fields,
      button: "Make the account")
    return services.pages.reply(.form, form.heading, form, for: visitor, status: status)
  }

  private func resetPage(_ handle: AuthorName, _ secret: Secret, _ fault: String?, _ visitor: Visitor) -> Reply {
    let field = FormField(
      name: "password", label: "New password", kind: "password", autocomplete: "new-password",
      note: "At least \(Password.minimumCharacters) characters.", fault: fault)
    let form = FormPage(
      heading: "A new password for \(handle)", action: Route.link.path([secret.text]), fields: [field],
      button: "Set the password")
    return services.pages.reply(
      .form, "New password", form, for: visitor, status: fault == nil ? .ok : .unprocessableContent)
  }
}
