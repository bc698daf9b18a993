import RegistryAPI
import RegistryStore
import Skills

/// Making an account, where everybody may.
struct SignUpPages: Sendable {
  let services: RegistryServices

  func form(_ call: Call, _ visitor: Visitor) throws -> Reply {
    guard visitor.site != nil else { throw Site.missing }
    try demandOpen()
    return page(AccountForm(), visitor)
  }

  func submit(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    try demandOpen()
    var form = try AccountForm(call)
    let account = try await form.account { try await services.accounts.signUp($0, with: nil, at: services.now()) }
    guard let account else { return page(form, visitor) }
    return try await services.startSession(of: account, call, visitor, leadingTo: Route.home.rawValue)
  }

  private func demandOpen() throws {
    switch services.configuration.signUp {
    case .open: return
    case .invitation: throw MeshError(.forbidden, "accounts are made by invitation here", hint: "Ask for a link.")
    case .closed: throw MeshError(.forbidden, "no accounts are made here", hint: "Ask the operator for a link.")
    }
  }

  private func page(_ account: AccountForm, _ visitor: Visitor) -> Reply {
    let form = FormPage(
      heading: "Sign up", action: Route.signUp.rawValue, fields: account.fields, button: "Make the account")
    return services.pages.reply(.form, form.heading, form, for: visitor, status: account.status)
  }
}
