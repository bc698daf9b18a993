import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Tokens of an account: what there is, making one, which is shown this once, and ending one.
struct TokenPages: Sendable {
  let services: RegistryServices

  private struct Row: Sendable {
    var tokenName: String
    var rights: String
    /// What it is for.
    var patterns: String
    var lastUse: String
    var expiry: String
    var endPath: String
  }

  private struct Choice: Sendable {
    var rightID: String
    var rightMeaning: String
    var isChosen: Bool
  }

  private struct Page: Sendable {
    let tabs = SettingsTab.all(on: .tokensPage)
    var rows: [Row]
    var problem: String?
    var action: String
    var fields: [FormField]
    var choices: [Choice]
    var rightsFault: String?
  }

  func list(_ call: Call, _ person: Person) async throws -> Reply {
    try await page(TokenForm(), person)
  }

  func create(_ call: Call, _ person: Person) async throws -> Reply {
    var form = try TokenForm(call)
    guard let new = form.token(at: services.now()) else { return try await page(form, person) }
    let token: AccessToken
    do {
      token = try await services.accounts.createToken(new, for: person.account.id, at: services.now())
    } catch {
      try form.holdBack(error)
      return try await page(form, person)
    }
    let page = MessagePage(
      heading: "New token", text: "Copy it now: it is not shown again. Keep it where only you can read it.",
      secret: token.secret, secretID: "token", linkPath: Route.tokensPage.rawValue, linkText: "Your tokens")
    return services.pages.reply(.message, page.heading, page, for: person.visitor)
  }

  func end(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    guard try await services.accounts.revokeToken(id, of: person.account.id, at: services.now()) else {
      throw MeshError(.notFound, "there is no such token in use")
    }
    return .redirect(to: Route.tokensPage.rawValue, saying: .tokenRevoked)
  }

  private func page(_ form: TokenForm, _ person: Person) async throws -> Reply {
    let tokens = try await services.accounts.activeTokens(ofAuthor: person.account.authorID, at: services.now())
    let page = Page(
      rows: tokens.map(Self.row), problem: form.form.problem, action: Route.tokensPage.rawValue, fields: form.fields,
      choices: TokenRight.allCases.map { right in
        Choice(rightID: right.rawValue, rightMeaning: right.meaning, isChosen: form.rights.contains(right))
      }, rightsFault: form.rightsFault)
    return services.pages.reply(.tokens, "Tokens", page, for: person.visitor, showing: form.form)
  }

  private static func row(_ token: TokenRecord) -> Row {
    let scope = token.scope
    let agents = scope.rights.contains(where: \.isAboutAgents) && scope.agents != scope.skills ? scope.agents : []
    return Row(
      tokenName: token.name ?? "token \(token.id)",
      rights: scope.words.rights.joined(separator: ", "),
      patterns: (scope.skills.map(\.description) + agents.map { "agents \($0)" }).joined(separator: ", "),
      lastUse: token.lastUsedAt?.ISO8601Format() ?? "never", expiry: token.expiresAt?.ISO8601Format() ?? "never",
      endPath: Route.tokenEnd.path(["\(token.id)"]))
  }
}
