import Skills

/// Where something stands in the cache, and what the names there mean.
struct CachePath: Hashable {
  enum Content: Hashable {
    case archive(Digest)
    case index(SkillName)
    /// A file that a process has not finished, or never will.
    case unfinished
    case usage
  }

  static let archives = "archives"
  static let indexes = "index"

  /// From the outermost.
  let folders: [String]
  let name: String
  let content: Content

  static let usage = CachePath(folders: [], name: "usage", content: .usage)

  static func archive(_ digest: Digest) -> CachePath {
    let digits = digest.hexadecimal
    return CachePath(folders: [archives, String(digits.prefix(2))], name: digits, content: .archive(digest))
  }

  /// No name of an author or a skill has a plus sign.
  static func index(_ name: SkillName, in scope: IndexScope) -> CachePath {
    CachePath(
      folders: [indexes, scope.folder], name: "\(name.author)+\(name.slug)", content: .index(name))
  }

  private init(folders: [String], name: String, content: Content) {
    self.folders = folders
    self.name = name
    self.content = content
  }

  /// What a file of this name in these folders is; nil when it is none of ours.
  init?(folders: [String], name: String) {
    guard let content = Self.content(folders, name) else { return nil }
    self.init(folders: folders, name: name, content: content)
  }

  /// Whether such a folder is ours.
  static func isFolder(_ folders: [String]) -> Bool {
    switch folders.count {
    case 1: folders[0] == archives || folders[0] == indexes
    case 2: isHexadecimal(folders[1], digits: folders[0] == archives ? 2 : IndexScope.digits)
    default: false
    }
  }

  var text: String { (folders + [name]).joined(separator: "/") }

  private static func content(_ folders: [String], _ name: String) -> Content? {
    if name.hasPrefix(CacheDirectory.unfinished) { return .unfinished }
    if folders.isEmpty { return name == usage.name ? .usage : nil }
    guard folders.count == 2 else { return nil }
    if folders[0] == indexes { return skill(name).map(Content.index) }
    guard name.hasPrefix(folders[1]), isHexadecimal(name, digits: 2 * Digest.byteCount) else { return nil }
    return Digest(name).map(Content.archive)
  }

  private static func skill(_ name: String) -> SkillName? {
    let parts = name.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    // A file of any other name is somebody else's, whatever is wrong with it.
    return try? SkillName(author: AuthorName(parsing: String(parts[0])), slug: SkillSlug(parsing: String(parts[1])))
  }

  private static func isHexadecimal(_ text: String, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
  }
}
