import Foundation
import RegistryStore

/// News of an author as Atom (RFC 4287).
struct AtomFeed: Sendable {
  static let mediaType = "application/atom+xml"

  /// UTF-8.
  let bytes: [UInt8]

  init(_ feed: AuthorFeed) {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
      Self.element("id", feed.page), Self.element("title", feed.title),
      Self.element("updated", feed.updatedAt.ISO8601Format()),
      Self.link("self", Self.mediaType, feed.address(.atomFeed)), Self.link("alternate", "text/html", feed.page),
      "<author>", Self.element("name", feed.authorName), Self.element("uri", feed.page), "</author>",
    ]
    for release in feed.releases { lines += Self.entry(release, in: feed) }
    lines.append("</feed>\n")
    bytes = Array(lines.joined(separator: "\n").utf8)
  }

  private static func entry(_ release: Release, in feed: AuthorFeed) -> [String] {
    let time = release.publishedAt.ISO8601Format()
    return [
      "<entry>", element("id", feed.id(of: release)), element("title", feed.title(of: release)),
      element("published", time), element("updated", time), link("alternate", "text/html", feed.page(of: release)),
      element("summary", release.description), "</entry>",
    ]
  }

  private static func element(_ name: String, _ text: String) -> String { "<\(name)>\(escaped(text))</\(name)>" }

  private static func link(_ relation: String, _ type: String, _ address: String) -> String {
    "<link rel=\"\(relation)\" type=\"\(type)\" href=\"\(escaped(address))\"/>"
  }

  /// Text of an element or of an attribute, without the characters that no XML may have (XML 1.0, section 2.2).
  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;".unicodeScalars
      case "<": result += "&lt;".unicodeScalars
      case ">": result += "&gt;".unicodeScalars
      case "\"": result += "&quot;".unicodeScalars
      // Written as it is it would come back as a line feed.
      case "\r": result += "&#13;".unicodeScalars
      case "\t", "\n", " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": result.append(scalar)
      default: break
      }
    }
    return String(result)
  }
}
