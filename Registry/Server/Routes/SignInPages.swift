import RegistryAPI
import RegistryStore
import Skills

/// Signing in with a password.
struct SignInPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visitor: Visitor) throws -> Reply {
    let next = ReturnPath(call.parameters["next"])
    guard visitor.site != nil else { throw Site.missing }
    if visitor.session != nil { return .redirect(to: next.path) }
    return page(next, TypedForm(), for: visitor)
  }

  func submit(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    var form = try TypedForm(call, "handle", "password", "next")
    let next = ReturnPath(form["next"])
    let found: Account?
    do {
      found = try await account(form["handle"], form["password"])
    } catch {
      try form.holdBack(error)
      return page(next, form, for: visitor)
    }
    guard let account = found else {
      form.refuse(MeshError(.validationError, "there is no such account, or the password is wrong"))
      return page(next, form, for: visitor)
    }
    return try await services.startSession(of: account, call, visitor, leadingTo: next.path)
  }

  private func account(_ handle: String, _ password: String) async throws -> Account? {
    guard let handle = try? AuthorName(parsing: handle), let password = try? Password(parsing: password) else {
      return nil
    }
    // Also when each guess comes from another address.
    try await services.rates.take(.signIn, by: "handle \(handle)")
    return try await services.accounts.signIn(handle, password)
  }

  private func page(_ next: ReturnPath, _ typed: TypedForm, for visitor: Visitor) -> Reply {
    let form = FormPage(
      heading: "Sign in", problem: typed.problem, action: Route.signIn.rawValue,
      fields: [
        FormField("handle", "Handle", in: typed, autocomplete: "username"),
        FormField("password", "Password", in: typed, kind: "password", autocomplete: "current-password"),
      ], hidden: [FormPage.Hidden(next)], button: "Sign in", alternatives: [withoutAccount(next), Self.withoutPassword])
    return services.pages.reply(.form, form.heading, form, for: visitor, showing: typed)
  }

  /// For whoever has no account.
  private func withoutAccount(_ next: ReturnPath) -> FormPage.Alternative {
    let path = services.configuration.signUp == .open ? next.through(.signUp) : nil
    let text =
      switch services.configuration.signUp {
      case .open: "No account yet?"
      case .invitation: "No account yet? Whoever has one can invite you."
      case .closed: "No account yet? Ask the operator of this registry for a link."
      }
    return FormPage.Alternative(alternativeText: text, alternativePath: path, alternativeLabel: "Sign up")
  }

  private static let withoutPassword = FormPage.Alternative(
    alternativeText: "Lost the password? Ask the operator of this registry for a link that sets a new one.")
}

extension RegistryServices {
  /// Signs a browser in, under a new secret, and ends the session that it had.
  func startSession(of account: Account, _ call: Call, _ visitor: Visitor, leadingTo path: String) async throws -> Reply
  {
    guard let site = visitor.site else { throw Site.missing }
    if let old = visitor.session { _ = try await accounts.endSession(old.id, of: old.account.id) }
    let client = ClientDescription(
      name: call.request.headers[.userAgent] ?? "unknown", address: call.sender?.description ?? "unknown")
    let started = try await accounts.startSession(of: account.id, on: client, at: now())
    return .redirect(to: path, cookie: site.cookie(started.secret))
  }
}
