import RegistryAPI
import RegistryStore
import Skills

/// Letting others in, where the operator leaves that to those who have an account.
struct InvitationPages: Sendable {
  let services: RegistryServices

  private struct Page: Sendable {
    let invitationLink: String
    let settingsPath = Route.settings.rawValue
  }

  /// Makes a link for an account, which is shown this once.
  func invite(_ call: Call, _ person: Person) async throws -> Reply {
    guard services.configuration.signUp == .invitation else {
      throw MeshError(.forbidden, "nobody is invited here", hint: "Ask the operator for a link.")
    }
    let secret = try await services.accounts.invite(by: person.account.id, at: services.now())
    let page = Page(invitationLink: person.site.url(Route.link.path([secret.text])))
    return services.pages.reply(.invitation, "Invitation", page, for: person.visitor)
  }
}
