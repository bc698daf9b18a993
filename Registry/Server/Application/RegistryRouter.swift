import Hummingbird
import RegistryAPI

/// Every route on one page.
enum RegistryRouter {
  typealias Handler = @Sendable (Request, RegistryContext) async throws -> Response

  static func make(_ services: RegistryServices) -> Router<RegistryContext> {
    let router = Router(context: RegistryContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog())
    router.add(middleware: ProblemResponses())

    let skills = SkillRoutes(services: services)
    let versions = VersionRoutes(services: services)
    let downloads = DownloadRoutes(services: services)
    let index = IndexRoutes(services: services)
    let search = SearchRoute(services: services)
    let yanks = YankRoutes(services: services)
    let account = AccountRoutes(services: services)
    let publishing = PublishRoute(services: services)

    let table: [(HTTPRequest.Method, Route, Handler)] = [
      (.get, .index, index.show),
      (.post, .indexBatch, index.batch),
      (.get, .search, search.search),
      (.get, .skill, skills.show),
      (.delete, .skill, skills.unpublish),
      (.post, .latest, skills.latest),
      (.post, .publish, publishing.publish),

      (.get, .versions, versions.list),
      (.get, .version, versions.show),
      (.delete, .version, versions.unpublish),
      (.put, .yank, yanks.yank),
      (.delete, .yank, yanks.unyank),
      (.get, .files, versions.files),
      (.get, .file, versions.file),

      (.get, .download, downloads.newest),
      (.get, .raw, downloads.newestRaw),
      (.get, .versionDownload, downloads.version),
      (.get, .versionRaw, downloads.versionRaw),

      (.get, .ownSkills, account.skills),
      (.get, .profile, account.profile),
      (.delete, .ownToken, account.revokeToken),
      (.get, .health, account.health),
    ]
    for (method, route, handler) in table {
      router.on(RouterPath(route.rawValue), method: method, use: handler)
    }
    refuseOtherMethods(table.map { ($0.0, $0.1) }, on: router)
    return router
  }

  /// A known path with another method is 405 with `Allow`, not 404.
  private static func refuseOtherMethods(
    _ table: [(method: HTTPRequest.Method, route: Route)], on router: Router<RegistryContext>
  ) {
    for (route, entries) in Dictionary(grouping: table, by: \.route) {
      let allowed = entries.map(\.method)
      let named = (allowed.contains(.get) ? allowed + [.head] : allowed).map(\.rawValue).sorted()
      for verb in verbs where !named.contains(verb.rawValue) {
        router.on(RouterPath(route.rawValue), method: verb) { _, _ -> Response in
          throw WrongMethod(allowed: named.joined(separator: ", "))
        }
      }
    }
  }

  /// Every method that the parser lets through; HEAD comes with GET.
  private static let verbs = [
    "ACL", "BIND", "CHECKOUT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "MERGE",
    "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "MSEARCH", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND",
    "PROPPATCH",
    "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK",
    "UNSUBSCRIBE",
  ].compactMap(HTTPRequest.Method.init(rawValue:))
}
