import RegistryAPI
import RegistryStore
import Skills

/// Making an account, where everybody may.
struct SignUpPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visitor: Visitor) throws -> Reply {
    guard visitor.site != nil else { throw Site.missing }
    try demandOpen()
    return page(AccountForm(), ReturnPath(call.parameters["next"]), visitor)
  }

  func submit(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    try demandOpen()
    let next = ReturnPath(try call.fields().one("next"))
    var form = try AccountForm(call)
    let account = try await form.account { try await services.accounts.signUp($0, with: nil, at: services.now()) }
    guard let account else { return page(form, next, visitor) }
    return try await services.startSession(of: account, call, visitor, leadingTo: next.path)
  }

  private func demandOpen() throws {
    switch services.configuration.signUp {
    case .open: return
    case .invitation:
      throw MeshError(.forbidden, "accounts are made by invitation here", hint: "Whoever has one can invite you.")
    case .closed: throw MeshError(.forbidden, "no accounts are made here", hint: "Ask the operator for a link.")
    }
  }

  private func page(_ account: AccountForm, _ next: ReturnPath, _ visitor: Visitor) -> Reply {
    let signIn = FormPage.Alternative(
      alternativeText: "You have an account?", alternativePath: next.through(.signIn), alternativeLabel: "Sign in")
    let form = FormPage(
      heading: "Sign up", problem: account.form.problem, action: Route.signUp.rawValue, fields: account.fields,
      hidden: [FormPage.Hidden(next)], button: "Create account", alternatives: [signIn])
    return services.pages.reply(.form, form.heading, form, for: visitor, showing: account.form)
  }
}
