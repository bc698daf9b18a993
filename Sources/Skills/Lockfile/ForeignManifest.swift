/// A `skills.json` that another package manager keeps: a file of the same name with other keys.
enum ForeignManifest {
  private static let keys = ["installDir", "linkTargets"]

  /// What shows that somebody else's program reads a file without a `format`; nil for what may be ours.
  static func evidence(in node: JSONNode) -> Message? {
    let own = keys.filter { node[$0] != nil }
    if !own.isEmpty { return own.map { "\"\($0)\"" }.joined(separator: " and ") }
    guard case .object(let members)? = node["skills"]?.kind else { return nil }
    let source = members.first { member in
      guard case .string(let text) = member.value.kind else { return false }
      return text.contains("#path:") || text.contains("&path:")
    }
    return source.map { "\"\($0.key, limit: 80)\": \"…#path:…\"" }
  }
}
