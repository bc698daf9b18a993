/// Who publishes: 1 to 39 characters of `a-z 0-9` and single hyphens.
package struct AuthorName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package static let maximumLength = 39

  package let rawValue: String

  package init(parsing text: String) throws(NameRefusal) {
    if let fault = NameGrammar.fault(in: text, limit: Self.maximumLength) {
      throw NameRefusal(kind: "an author name", text: text, reason: fault)
    }
    rawValue = text
  }

  /// What two names share when a reader could mistake one for the other (typosquatting).
  ///
  /// Hyphens are dropped, `l` and `i` read as `1`, `o` as `0`. A registry keeps it unique.
  package var skeleton: String {
    String(
      rawValue.compactMap { character -> Character? in
        switch character {
        case "-": nil
        case "l", "i": "1"
        case "o": "0"
        default: character
        }
      })
  }

  /// Whether the name is a word of the platform (a route, a role), or reads like one; nobody may own it.
  package var isReserved: Bool { Self.reservedSkeletons.contains(skeleton) }

  package var description: String { rawValue }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  private static let reservedSkeletons = Set(reserved.compactMap { try? AuthorName(parsing: $0).skeleton })

  private static let reserved: Set<String> = [
    "a2a", "about", "abuse", "account", "admin", "administrator", "agent", "agent-mesh", "agents", "anonymous", "api",
    "assets", "auth", "author", "authors", "blog", "call", "chat", "connect", "contact", "dashboard", "developer",
    "docs", "download", "downloads", "favicon", "files", "health", "help", "home", "index", "install", "legal",
    "link", "login", "logout", "mcp", "me", "metrics", "moderator", "new", "none", "null", "official", "operator",
    "organisation", "organisations", "organization", "organizations", "owner", "pages", "policy", "postmaster",
    "privacy", "profile", "public", "publish", "registry", "robots", "root", "search", "security", "settings",
    "signup", "skill", "skills", "staff", "static", "status", "support", "system", "terms", "test", "undefined",
    "user", "users", "webmaster", "well-known", "ws", "www",
  ]
}
