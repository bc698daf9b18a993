import Skills

/// The many ways to write a git repository.
enum RepositorySpecifier {
  private static let names = [
    "github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org", "codeberg": "codeberg.org",
  ]

  /// Where in a repository, and at which of its states.
  private struct Location {
    var ref: String?
    var folder: String?
  }

  /// A text with a scheme; nil when it is no repository.
  static func source(address text: String) throws(MeshError) -> SkillSource? {
    let (bare, fragment) = cut(text, at: "#")
    if text.hasPrefix("ssh://") || text.hasPrefix("file://") {
      return try git(bare, try location(fragment, of: text), of: text)
    }
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
    let path = String(bare.prefix { $0 != "?" })
    if SkillSource.isNamedLikeArchive(path) { return nil }
    if path.hasSuffix(".git") { return try git(path, try location(fragment, of: text), of: text) }
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count >= 4, names.values.contains(parts[1].lowercased()) else { return nil }
    var location = try location(fragment, of: text)
    var repository = Array(parts[2...])
    if let cut = browsing(repository, on: parts[1].lowercased()) {
      location = Location(ref: location.ref ?? cut.location.ref, folder: location.folder ?? cut.location.folder)
      repository = cut.repository
    }
    return try git("\(parts[0])//\(parts[1].lowercased())/\(repository.joined(separator: "/")).git", location, of: text)
  }

  /// A text without a scheme; nil when it is no repository.
  static func source(_ text: String) throws(MeshError) -> SkillSource? {
    let (bare, fragment) = cut(text, at: "#")
    let pieces = bare.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let first = pieces.first, !first.isEmpty else { return nil }
    if first.contains("@") {
      guard pieces.count >= 2, isLogin(first) else { return nil }
      let location = try location(fragment, pieces[2...], of: text)
      return try git("ssh://\(first)/\(path(pieces[1], of: first))", location, of: text)
    }
    if first.contains("/") {
      guard first.split(separator: "/", omittingEmptySubsequences: false).count == 2 else { return nil }
      return try hosted("github.com", first, try location(fragment, pieces[1...], of: text), of: text)
    }
    guard pieces.count >= 2, let host = names[first] ?? (isHost(first) ? first : nil) else { return nil }
    return try hosted(host, pieces[1], try location(fragment, pieces[2...], of: text), of: text)
  }

  /// The path behind `user@host:`, below the root of an address.
  ///
  /// One without a slash before it begins at the home of the user, which is the root at the known hosts.
  private static func path(_ text: String, of login: String) -> String {
    let isFromRoot = text.hasPrefix("/") || text.hasPrefix("~") || names.values.contains { login.hasSuffix("@\($0)") }
    return (isFromRoot ? "" : "~/") + trimmed(text)
  }

  private static func hosted(
    _ host: String, _ repository: String, _ location: Location, of text: String
  ) throws(MeshError) -> SkillSource {
    let path = trimmed(repository)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy(isName) else {
      throw SourceSpecifier.refusal(text, "'\(repository)' is not owner/repo")
    }
    return try git("https://\(host)/\(path)" + (path.hasSuffix(".git") ? "" : ".git"), location, of: text)
  }

  private static func git(_ url: String, _ location: Location, of text: String) throws(MeshError) -> SkillSource {
    if let ref = location.ref {
      do { _ = try GitReference(parsing: ref) } catch { throw SourceSpecifier.refusal(text, error.message) }
    }
    let source = SkillSource.git(url: url, ref: location.ref, folder: location.folder)
    // What it is written as must be read as the same, or the lock would name another location.
    guard try SourceSpecifier.canonical(source.description) == source else {
      throw SourceSpecifier.refusal(text, "its reference or its folder is not written as #ref:folder")
    }
    return source
  }

  /// `ref`, `ref:folder` or `:folder` behind a `#`, or the folder behind a `:` of a short form.
  private static func location(
    _ fragment: String?, _ rest: ArraySlice<String> = [], of text: String
  ) throws(MeshError) -> Location {
    guard rest.count <= 1 else {
      throw SourceSpecifier.refusal(text, "its reference or its folder is not written as #ref:folder")
    }
    let (ref, behind) = cut(fragment ?? "", at: ":")
    guard behind == nil || rest.isEmpty else { throw SourceSpecifier.refusal(text, "it names two folders") }
    let folder = trimmed(behind ?? rest.first ?? "")
    return Location(ref: ref.isEmpty ? nil : ref, folder: folder.isEmpty ? nil : folder)
  }

  /// The page of a folder in a repository: `/tree/<ref>/<path>` at GitHub and others, `/-/tree/…` at GitLab,
  /// `/src/…` at Bitbucket and Codeberg.
  ///
  /// The reference is taken to be one component: an address does not tell where a longer one would end.
  private static func browsing(_ parts: [String], on host: String) -> (repository: [String], location: Location)? {
    let isGitLab = host == "gitlab.com"
    var repository = isGitLab ? Array(parts.prefix { $0 != "-" }) : Array(parts.prefix(2))
    var rest = parts.dropFirst(repository.count)
    if let last = repository.last, last.hasSuffix(".git") {
      repository[repository.count - 1] = String(last.dropLast(4))
    }
    if rest.first == "-" { rest = rest.dropFirst() }
    guard let word = rest.first, ["tree", "blob", "src"].contains(word) else { return (repository, Location()) }
    rest = rest.dropFirst()
    // Codeberg says which kind of reference follows.
    if host == "codeberg.org", let kind = rest.first, ["branch", "tag", "commit"].contains(kind) {
      rest = rest.dropFirst()
    }
    var folder = Array(rest.dropFirst())
    if folder.last?.lowercased() == "skill.md" { folder.removeLast() }
    return (repository, Location(ref: rest.first, folder: folder.isEmpty ? nil : folder.joined(separator: "/")))
  }

  private static func cut(_ text: String, at mark: Character) -> (String, String?) {
    guard let index = text.firstIndex(of: mark) else { return (text, nil) }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  private static func trimmed(_ path: String) -> String {
    var path = Substring(path)
    while path.hasSuffix("/") { path = path.dropLast() }
    while path.hasPrefix("/") { path = path.dropFirst() }
    return String(path)
  }

  private static func isName(_ part: Substring) -> Bool {
    !part.isEmpty && part != "." && part != ".." && !part.hasPrefix("-")
      && part.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
  }

  private static func isHost(_ text: String) -> Bool {
    text.contains(".") && !text.hasPrefix("-") && !text.hasPrefix(".")
      && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
  }

  /// `user@host`; a name that begins with a hyphen would be an option of ssh.
  private static func isLogin(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
    return parts.allSatisfy { part in
      !part.hasPrefix("-") && part.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
