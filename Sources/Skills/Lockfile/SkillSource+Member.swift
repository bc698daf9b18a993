extension SkillSource {
  /// What the names of archives end with.
  package static let archiveEndings = [".tar.gz", ".tgz", ".zip", ".skill"]

  /// Whether a path or an address, without its query, is named like an archive.
  package static func isNamedLikeArchive(_ text: String) -> Bool {
    archiveEndings.contains { text.lowercased().hasSuffix($0) }
  }

  /// An archive and the name of one skill in it, written `https://host/kit.zip#pdf` or `path:./kit.zip#pdf`; nil for
  /// anything that names no skill of an archive.
  package var member: (archive: SkillSource, name: SkillSlug)? {
    switch self {
    case .archive(let url): Self.split(url).map { (.archive(url: $0.archive), $0.name) }
    case .path(let path):
      Self.split(path).flatMap { Self.isNamedLikeArchive($0.archive) ? (.path($0.archive), $0.name) : nil }
    case .git, .wellKnown: nil
    }
  }

  /// One skill of an archive that has several; the same source where no name can be written behind it.
  package func naming(_ name: SkillSlug) -> SkillSource {
    switch self {
    case .archive(let url): .archive(url: "\(url)#\(name)")
    case .path(let path) where Self.isNamedLikeArchive(path): .path("\(path)#\(name)")
    case .path, .git, .wellKnown: self
    }
  }

  /// Whether it is the same folder of the same repository, whichever the branch, tag or commit.
  package func isOfSameRepository(as other: SkillSource) -> Bool {
    if case .git(let url, _, let folder) = self, case .git(url, _, folder) = other { true } else { false }
  }

  /// Whether it is somebody else's, and has neither versions nor commits that say what one gets.
  package var isUnversioned: Bool {
    switch self {
    case .archive, .wellKnown: true
    case .git, .path: false
    }
  }

  private static func split(_ text: String) -> (archive: String, name: SkillSlug)? {
    guard let mark = text.lastIndex(of: "#"),
      let name = try? SkillSlug(parsing: String(text[text.index(after: mark)...]))
    else { return nil }
    return (String(text[..<mark]), name)
  }
}
