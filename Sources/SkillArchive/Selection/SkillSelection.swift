import Skills

/// Decides what of a source becomes part of a skill: for folders, archives, repositories and sites alike, so that the
/// same source gives the same tree by every way.
///
/// Links, submodules and special files stay out; of the rest, the default list, and the skill's own `.skillignore`,
/// which has the last word. Only content counts: neither the name of the folder nor that of the archive has a say.
package struct SkillSelection: Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    case link
    case submodule
    case special
  }

  package static let ignoreFile = ".skillignore"
  package static let maximumIgnoreFileBytes = 64 << 10
  /// Every path of a source is compared with every line.
  static let maximumIgnoreFileLines = 1_000

  private let defaults: IgnoreRules
  private let own: IgnoreRules
  /// Whether a folder is entered, for those that were decided.
  private var folders: [String: Bool] = [:]
  /// Folders of the default list that are entered only because something below them was brought back by name.
  private var opened: Set<String> = []
  /// In the order in which it was met; nothing below a folder that is left out.
  package private(set) var leftOut: [LeftOut] = []

  /// - Parameters:
  ///   - ignoreFile: The bytes of `.skillignore`; empty when there is none.
  ///   - skillName: In `SKILL.md`, by which earlier archives at the root are known.
  /// - Throws: `file-limit` for a `.skillignore` that is too large: what of it does not count could be a secret.
  package init(ignoreFile: [UInt8], skillName: String?) throws(ArchiveRefusal) {
    try Self.refuseLarge(bytes: ignoreFile.count, lines: ignoreFile.count { $0 == UInt8(ascii: "\n") })
    defaults = IgnoreRules(lines: DefaultIgnores.lines + (skillName.map(DefaultIgnores.earlierArchives(of:)) ?? []))
    own = IgnoreRules(parsing: ignoreFile)
  }

  /// Refuses a `.skillignore` of so many bytes and lines.
  package static func refuseLarge(bytes: Int, lines: Int = 0) throws(ArchiveRefusal) {
    if bytes <= maximumIgnoreFileBytes, lines <= maximumIgnoreFileLines { return }
    throw ArchiveRefusal(
      .fileLimit, entry: ignoreFile,
      "it has more than \(maximumIgnoreFileLines) lines or \(maximumIgnoreFileBytes) bytes")
  }

  /// The same for files whose bytes are at hand.
  ///
  /// - Parameter bytes: Of the file at a path; nil when there is none.
  package init(reading bytes: (String) -> [UInt8]?, mainFile: String?) throws(ArchiveRefusal) {
    let name = mainFile.flatMap(bytes).flatMap(Self.skillName(in:))
    try self.init(ignoreFile: bytes(Self.ignoreFile) ?? [], skillName: name)
  }

  /// The name in a `SKILL.md`, where it can be read and has one.
  static func skillName(in skillMarkdown: [UInt8]) -> String? {
    let document = try? SkillDocument(reading: skillMarkdown)
    return document?.name.flatMap { try? SkillSlug(parsing: $0) }?.rawValue
  }

  /// The main file of a skill in any spelling, which nothing can leave out.
  package static func isMainFile(_ path: String) -> Bool {
    path.utf8.count == 8 && path.lowercased() == "skill.md"
  }

  /// Whether a name belongs to version control, to this program or to a system: nothing of that name, or below it, ever
  /// becomes part of a skill, whatever `.skillignore` says.
  static func isReserved(_ name: some StringProtocol) -> Bool {
    if name.hasPrefix("._") || name == "__MACOSX" || name == ".DS_Store" { return true }
    let lowercased = name.lowercased()
    return lowercased == ".git" || lowercased.hasPrefix(".agent-mesh")
  }

  /// Whether something becomes part of the skill, or, for a folder, may have something in it that does.
  ///
  /// - Parameter path: Below the skill; may be asked for in any order.
  package mutating func keeps(_ path: String, _ kind: Kind) -> Bool {
    if kind == .folder, let known = folders[path] { return known }
    let isReached = path.lastIndex(of: "/").map { keeps(String(path[..<$0]), .folder) } ?? true
    let reason = isReached ? reason(for: path, kind) : nil
    if let reason { leftOut.append(LeftOut(path: kind == .folder ? path + "/" : path, reason: reason)) }
    let isKept = isReached && reason == nil
    if kind == .folder { folders[path] = isKept }
    return isKept
  }

  /// Leaves out the archive that is about to be written.
  mutating func leaveOut(output path: String) {
    leftOut.append(LeftOut(path: path, reason: .output))
  }

  private mutating func reason(for path: String, _ kind: Kind) -> LeftOut.Reason? {
    let isFolder = kind == .folder || kind == .submodule
    if Self.isReserved(path.split(separator: "/").last ?? "") { return .reserved }
    switch own.verdict(on: path, isFolder: isFolder) {
    case .ignored where !Self.isMainFile(path): return .ignoredBySkillignore
    case .included where kind == .file || kind == .folder: return nil
    default: break
    }
    switch kind {
    case .link: return .link
    case .submodule: return .submodule
    case .special: return .specialFile
    case .file where Self.isMainFile(path): return nil
    case .file, .folder: break
    }
    let isInOpened = path.lastIndex(of: "/").map { opened.contains(String(path[..<$0])) } ?? false
    guard isInOpened || defaults.verdict(on: path, isFolder: isFolder) == .ignored else { return nil }
    guard isFolder, own.includesSomething(below: path) else { return .ignoredByDefault }
    opened.insert(path)
    return nil
  }
}
