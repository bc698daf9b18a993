/// Where a skill comes from that is in no registry, as `skills.json` and `skills.lock` write it.
///
/// | text | meaning |
/// | --- | --- |
/// | `path:./skills/pdf` | a folder or an archive, relative to the project or absolute |
/// | `https://host/pdf.tar.gz` | an archive at an address |
/// | `https://host/kit.tar.gz#pdf`, `path:./kit.zip#pdf` | one skill of an archive that has several |
/// | `git+https://host/owner/repo.git#ref:sub/folder` | a folder of a git repository; reference and folder optional |
/// | `well-known+https://host/path#name` | an entry of a site's skills index |
package enum SkillSource: Hashable, Sendable, CustomStringConvertible {
  case path(String)
  case archive(url: String)
  /// - Parameters:
  ///   - url: What git is told to fetch from: `https://…`, `ssh://…`, or `file://…`.
  ///   - ref: A branch, a tag or a commit; nil for the default branch.
  ///   - folder: Below the root of the repository, without slashes at its ends; nil for the root.
  case git(url: String, ref: String?, folder: String?)
  case wellKnown(site: String, name: String)

  package static let maximumBytes = 2_048

  /// - Throws: `NameRefusal` for a text that is none of the four, or an address that holds a password.
  package init(parsing text: String) throws(NameRefusal) {
    guard text.utf8.count <= Self.maximumBytes, !text.unicodeScalars.contains(where: TerminalText.isUnsafe) else {
      throw Self.refusal(text, "it is too long, or has characters that nobody can see")
    }
    if !text.hasPrefix("path:"), let masked = Self.maskingLogin(text) {
      throw Self.refusal(masked, "an address must not hold a name or a password")
    }
    if let rest = Self.rest(of: text, after: "path:"), !rest.isEmpty {
      self = .path(rest)
    } else if let rest = Self.rest(of: text, after: "git+"), let git = Self.git(rest) {
      self = git
    } else if let rest = Self.rest(of: text, after: "well-known+"), let entry = Self.wellKnown(rest) {
      self = entry
    } else if Self.isWebAddress(text) {
      self = .archive(url: text)
    } else {
      throw Self.refusal(text, "write it as path:…, https://…, git+https://…#ref:folder or well-known+https://…#name")
    }
  }

  package var description: String {
    switch self {
    case .path(let path): return "path:" + path
    case .archive(let url): return url
    case .git(let url, let ref, let folder):
      guard let folder else { return "git+" + url + (ref.map { "#" + $0 } ?? "") }
      return "git+\(url)#\(ref ?? ""):\(folder)"
    case .wellKnown(let site, let name): return "well-known+\(site)#\(name)"
    }
  }

  private static func git(_ text: String) -> SkillSource? {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard ["https://", "http://", "ssh://", "file://"].contains(where: parts[0].hasPrefix) else { return nil }
    guard parts.count == 2 else { return .git(url: parts[0], ref: nil, folder: nil) }
    let fragment = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let ref = fragment[0].isEmpty ? nil : fragment[0]
    guard ref?.hasPrefix("-") != true else { return nil }
    guard fragment.count == 2, !fragment[1].isEmpty else { return .git(url: parts[0], ref: ref, folder: nil) }
    guard (try? SkillPath(parsing: fragment[1])) != nil else { return nil }
    return .git(url: parts[0], ref: ref, folder: fragment[1])
  }

  private static func wellKnown(_ text: String) -> SkillSource? {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, isWebAddress(parts[0]), (try? SkillSlug(parsing: parts[1])) != nil else { return nil }
    return .wellKnown(site: parts[0], name: parts[1])
  }

  private static func isWebAddress(_ text: String) -> Bool {
    ["https://", "http://"].contains { text.hasPrefix($0) && text.count > $0.count }
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  private static func refusal(_ text: String, _ reason: String) -> NameRefusal {
    NameRefusal(kind: "a source of skills", text: text, reason: reason)
  }
}
