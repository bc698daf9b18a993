import Foundation
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
/// | `git@host:owner/repo`, `ssh://…` | a repository, over ssh |
/// | any other `http(s)` address | a site with a skills index; `#name` for one of its skills |
/// | what `SkillSource` writes | that source |
///
/// A repository may be followed by `#ref`, `#ref:folder`, or `:folder` where there is no scheme before it.
package struct SourceWord: Sendable, Hashable {
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
    } else if let repository = try RepositoryWord.source(text) {
      source = repository
    } else {
      throw Self.refusal(text, "it is no path, address or repository")
    }
  }

  static let forms =
    "Write a path (./folder, ./skill.tar.gz), an address (https://…), a repository (owner/repo, host:owner/repo, "
    + "git@host:owner/repo, with #ref or #ref:folder behind it)."

  static func refusal(_ text: String, _ reason: String) -> MeshError {
    MeshError(
      .usage, "'\(TerminalText.escaped(text, limit: 120))' is not a source of skills: \(reason)", hint: forms)
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
      return FilePath(NSString(string: text).expandingTildeInPath).lexicallyNormalized().string
    }
    let isPlain = text == "." || text == ".." || text.hasPrefix("./") || text.hasPrefix("../")
    let isThere = FileManager.default.fileExists(atPath: folder.pushing(FilePath(text)).string)
    guard isPlain || !text.contains("://") && isThere else { return nil }
    let normal = FilePath(text).lexicallyNormalized().string
    return normal.hasPrefix("..") ? normal : normal.isEmpty || normal == "." ? "." : "./\(normal)"
  }

  private static func address(_ text: String) throws(MeshError) -> SkillSource {
    let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
    if isWeb, hasUserInformation(text) {
      throw refusal(text.replacing(#/:\/\/[^@\/]*@/#, with: "://…@"), "an address must not hold a name or a password")
    }
    if let repository = try RepositoryWord.source(address: text) { return repository }
    guard isWeb else { throw refusal(text, "its scheme is not known") }
    let bare = String(text.prefix { $0 != "#" })
    if ArchiveFile.isNamedLikeOne(String(bare.prefix { $0 != "?" })) { return .archive(url: bare) }
    let name = text.dropFirst(bare.count + 1)
    if name.isEmpty { return .wellKnown(site: bare, name: "") }
    return try canonical("well-known+\(bare)#\(name)")
  }

  private static func hasUserInformation(_ text: String) -> Bool {
    guard let start = text.firstRange(of: "://") else { return false }
    return text[start.upperBound...].prefix { !"/?#".contains($0) }.contains("@")
  }
}
