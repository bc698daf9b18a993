extension SkillSource {
  /// The text without the query of an address, which may hold a token, for documents that are passed on.
  package var publicText: String {
    switch self {
    case .archive(let url): Self.withoutQuery(url)
    case .wellKnown(let site, let name): SkillSource.wellKnown(site: Self.withoutQuery(site), name: name).description
    case .path, .git: description
    }
  }

  /// Whether its address has a query, which every reader of skills.json and skills.lock gets to see.
  package var hasQuery: Bool {
    switch self {
    case .archive(let address), .wellKnown(let address, _): address.contains("?")
    case .path, .git: false
    }
  }

  /// Without the query; the fragment stays.
  static func withoutQuery(_ address: String) -> String {
    guard let start = address.firstIndex(of: "?") else { return address }
    return String(address[..<start] + address[start...].drop { $0 != "#" })
  }

  /// The text with `…` in the place of a name and password that no file and no screen may get; nil when there are none.
  ///
  /// ssh needs the name of a user, so that there only a password counts.
  package static func maskingLogin(_ text: String) -> String? {
    guard let scheme = text.firstRange(of: "://") else { return nil }
    let authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return nil }
    let isShell = text[..<scheme.lowerBound].hasSuffix("ssh")
    guard !isShell || authority[..<at].contains(":") else { return nil }
    return "\(text[..<scheme.upperBound])…\(text[at...])"
  }
}
