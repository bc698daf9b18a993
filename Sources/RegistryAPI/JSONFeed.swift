import FoundationSubset

/// News of an author as JSON Feed 1.1 (`jsonfeed.org/version/1.1`).
package struct JSONFeed: Codable, Sendable {
  package static let mediaType = "application/feed+json"

  package struct Author: Codable, Sendable {
    package var name: String
    package var url: String

    package init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }

  package struct Item: Codable, Sendable {
    package var id: String
    package var url: String
    package var title: String
    package var contentText: String
    package var datePublished: Date

    package init(id: String, url: String, title: String, contentText: String, datePublished: Date) {
      self.id = id
      self.url = url
      self.title = title
      self.contentText = contentText
      self.datePublished = datePublished
    }
  }

  package var version: String
  package var title: String
  /// Both addresses are spelled so that the strategy for keys finds them in both directions.
  package var homePageUrl: String
  package var feedUrl: String
  package var authors: [Author]
  package var items: [Item]

  package init(title: String, homePageURL: String, feedURL: String, authors: [Author], items: [Item]) {
    version = "https://jsonfeed.org/version/1.1"
    self.title = title
    homePageUrl = homePageURL
    feedUrl = feedURL
    self.authors = authors
    self.items = items
  }
}
