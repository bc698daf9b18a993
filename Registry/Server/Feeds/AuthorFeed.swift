import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// What an author has published lately, as both kinds of feeds tell it; every address in it is a whole one.
struct AuthorFeed: Sendable {
  /// Releases that are told of.
  static let limit = 50

  let author: AuthorRecord
  /// The newest first.
  let releases: [Release]
  let site: Site

  var title: String { "Skills of \(authorName)" }
  var authorName: String { author.displayName?.text ?? author.name.rawValue }
  var page: String { address(.authorPage) }
  var updatedAt: Date { releases.first?.publishedAt ?? author.createdAt }

  /// - Parameter route: One that names an author.
  func address(_ route: Route) -> String { site.url(route.path([author.name.rawValue])) }

  func page(of release: Release) -> String { site.url(Route.skillPage.path(of: release.skill)) }

  func title(of release: Release) -> String { "\(release.skill) \(release.version)" }

  /// The same for ever, wherever the registry is and whatever the author is called (RFC 8141, section 2.3.3, for the
  /// part behind the hash).
  func id(of release: Release) -> String { "urn:uuid:\(release.skillUID)#\(release.version)" }
}

extension JSONFeed {
  init(_ feed: AuthorFeed) {
    let items = feed.releases.map { release in
      Item(
        id: feed.id(of: release), url: feed.page(of: release), title: feed.title(of: release),
        contentText: release.description, datePublished: release.publishedAt)
    }
    self.init(
      title: feed.title, homePageURL: feed.page, feedURL: feed.address(.jsonFeed),
      authors: [Author(name: feed.authorName, url: feed.page)], items: items)
  }
}
