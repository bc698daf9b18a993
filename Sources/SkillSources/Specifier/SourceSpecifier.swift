import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// What a person types after `skills add`, as a source.
///
/// | text | read as |
/// | --- | --- |
/// | `./folder`, `../x`, `/abs`, `~/x`, any path that exists | a folder or an archive on this disk |
/// | `https://host/x.tar.gz`, `.tgz`, `.zip` | an archive at an address |
/// | `owner/repo`, `github:owner/repo`, `git.example.org:owner/repo` | a repository, over https |
/// | `https://github.com/owner/repo` and other known hosts, anything that ends in `.git` | a repository |
/// | `git@host:owner/repo`, `ssh://…` | a repository, over ssh; `host:path` begins at the home, `host:/path` does not |
/// | any other `http(s)` address | a site with a skills index; `#name` for one of its skills |
/// | what `SkillSource` writes | that source |
///
/// A repository may be followed by `#ref`, `#ref:folder`, or `:folder` where there is no scheme before it.
package struct SourceSpecifier: Sendable, Hashable {
  /// For a repository or a site without a named skill, all of it: no folder, or an empty name.
  package let source: SkillSource

  /// - Parameter folder: What relative paths begin at: the project.
  /// - Throws: `usage` with the text and the forms, for a text that is none of them.
  package init(parsing text: String, relativeTo folder: FilePath) throws(MeshError) {
    guard !text.isEmpty, text.utf8.count <= SkillSource.maximumBytes,
      !text.unicodeScalars.contains(where: TerminalText.isUnsafe)
    else {
      throw Self.refusal(text, "it is empty, too long, or has characters that nobody can see")
    }
    if Self.isCanonical(text) {
      source = try Self.canonical(text)
    } else if let path = Self.path(text, relativeTo: folder) {
      source = .path(path)
    } else if text.contains("://") {
      source = try Self.address(text)
    } else if let repository = try RepositorySpecifier.source(text) {
      source = repository
    } else {
      throw Self.refusal(text, "it is no path, address or repository")
    }
  }

  static let forms: Message =
    "Write a path (./folder, ./skill.tar.gz), an address (https://…), a repository (owner/repo, host:owner/repo, "
    + "git@host:owner/repo, with #ref or #ref:folder behind it)."

  static func refusal(_ text: String, _ reason: String) -> MeshError {
    MeshError(
      .usage, "'\(text, limit: 120)' is not a source of skills: \(reason)", hint: forms)
  }

  static func canonical(_ text: String) throws(MeshError) -> SkillSource {
    do { return try SkillSource(parsing: text) } catch { throw MeshError(.usage, "\(error)", hint: forms) }
  }

  private static func isCanonical(_ text: String) -> Bool {
    ["path:", "git+", "well-known+"].contains { text.hasPrefix($0) }
  }

  /// The path as `skills.json` has it: absolute, or relative with `./` or `../` before it; nil for what is no path.
  private static func path(_ text: String, relativeTo folder: FilePath) -> String? {
    if text.hasPrefix("/") { return FilePath(text).lexicallyNormalized().string }
    if text == "~" || text.hasPrefix("~/") {
      let home =
        ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        ?? FileManager.default.homeDirectoryForCurrentUser.path
      return FilePath(home + text.dropFirst()).lexicallyNormalized().string
    }
    let isPlain = text == "." || text == ".." || text.hasPrefix("./") || text.hasPrefix("../")
    let isThere = FileStatus(at: folder.pushing(FilePath(text))) != nil
    guard isPlain || !text.contains("://") && isThere else { return nil }
    return relative(text)
  }

  /// Without what cancels out: `./a/../b` is `./b`, and `./../x` is `../x`.
  private static func relative(_ text: String) -> String {
    var steps: [Substring] = []
    for step in text.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." { steps.removeLast() } else { steps.append(step) }
    }
    guard let first = steps.first else { return "." }
    return (first == ".." ? "" : "./") + steps.joined(separator: "/")
  }

  private static func address(_ text: String) throws(MeshError) -> SkillSource {
    let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
    if let masked = SkillSource.maskingLogin(text) {
      throw refusal(masked, "an address must not hold a name or a password")
    }
    if let repository = try RepositorySpecifier.source(address: text) { return repository }
    guard isWeb else { throw refusal(text, "its scheme is not known") }
    let bare = String(text.prefix { $0 != "#" })
    let name = String(text.dropFirst(bare.count + 1))
    if SkillSource.isNamedLikeArchive(String(bare.prefix { $0 != "?" })) { return try archive(bare, name, of: text) }
    if name.isEmpty { return .wellKnown(site: bare, name: "") }
    return try canonical("well-known+\(bare)#\(name)")
  }

  /// An archive, or with a name behind it one skill of it.
  private static func archive(_ url: String, _ name: String, of text: String) throws(MeshError) -> SkillSource {
    if name.isEmpty { return .archive(url: url) }
    do {
      return SkillSource.archive(url: url).naming(try SkillSlug(parsing: name))
    } catch {
      throw refusal(text, "what stands behind the # names no skill")
    }
  }
}
