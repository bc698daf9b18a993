import RegistryAPI
import RegistryStore
import Skills

/// Letting others in, where the operator leaves that to those who have an account.
struct InvitationPages: Sendable {
  let services: RegistryServices

  /// Makes a link for an account, which is shown this once.
  func invite(_ call: Call, _ person: Person) async throws -> Reply {
    guard services.configuration.signUp == .invitation else {
      throw MeshError(.forbidden, "nobody is invited here", hint: "Ask the operator for a link.")
    }
    let secret = try await services.accounts.invite(by: person.account.id, at: services.now())
    let page = MessagePage(
      heading: "Invitation",
      text: "With this link somebody makes an account, once, within three days. It is shown this once: pass it on to "
        + "nobody else.",
      secret: person.site.url(Route.link.path([secret.text])), secretID: "link", linkPath: Route.settings.rawValue,
      linkText: "Settings")
    return services.pages.reply(.message, page.heading, page, for: person.visitor)
  }
}
