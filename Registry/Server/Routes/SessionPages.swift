import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Where somebody is signed in, and ending it.
struct SessionPages: Sendable {
  let services: RegistryServices

  private struct Row: Sendable {
    var browser: String
    var fromAddress: String
    var lastUse: String
    var isThis: Bool
    var endPath: String
  }

  private struct Page: Sendable {
    let tabs = SettingsTab.all(on: .sessionsPage)
    var rows: [Row]
  }

  func list(_ call: Call, _ person: Person) async throws -> Reply {
    let sessions = try await services.accounts.sessions(of: person.account.id, at: services.now())
    let rows = sessions.map { session in
      Row(
        browser: session.client.name, fromAddress: session.client.address,
        lastUse: session.lastUsedAt.ISO8601Format(), isThis: session.id == person.session.id,
        endPath: Route.sessionEnd.path(["\(session.id)"]))
    }
    return services.pages.reply(.sessions, "Sessions", Page(rows: rows), for: person.visitor)
  }

  func end(_ call: Call, _ person: Person) async throws -> Reply {
    let id = try call.number("id")
    guard try await services.accounts.endSession(id, of: person.account.id) else {
      throw MeshError(.notFound, "there is no such session")
    }
    return .redirect(to: Route.sessionsPage.rawValue, saying: .sessionEnded)
  }

  func signOut(_ call: Call, _ person: Person) async throws -> Reply {
    _ = try await services.accounts.endSession(person.session.id, of: person.account.id)
    return .redirect(to: Route.home.rawValue, saying: .signedOut, cookie: person.site.cookie(nil))
  }
}
