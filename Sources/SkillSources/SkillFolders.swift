import Skills

/// Finds the folders of skills among the paths of a tree.
enum SkillFolders {
  static let maximumDepth = 5
  static let maximumFolders = 2_000

  /// Paths of folders that hold a `SKILL.md` in any case; the root is the empty text, and then the only one.
  ///
  /// Nothing is searched below a skill, nor below folders that begin with a dot, but for `.claude/skills` and
  /// `.agents/skills`, nor below `node_modules`.
  static func find(in paths: some Sequence<String>) -> [String] {
    let folders = Set(paths.lazy.filter(isMainFile).map(folder(of:)))
    if folders.contains("") { return [""] }
    let reachable = folders.filter { isSearched($0.split(separator: "/")) }
    let outermost = reachable.filter { folder in !ancestors(of: folder).contains(where: reachable.contains) }
    return Array(outermost.sorted().prefix(maximumFolders))
  }

  /// What is said of a folder whose `SKILL.md` is a link, which is never followed.
  static var linkedMainFile: MeshError {
    MeshError(
      .validationError, "its SKILL.md is a link", hint: "Put a copy of what it points to in its place.")
  }

  /// Paths of folders in which a link stands for the `SKILL.md`, and that lie in none of the skills.
  ///
  /// - Parameters:
  ///   - links: Paths of links.
  ///   - skills: What `find` returns.
  static func linked(in links: some Sequence<String>, beside skills: [String]) -> [String] {
    let known = Set(skills)
    guard !known.contains("") else { return [] }
    let outside = links.lazy.filter { isMainFile($0) && owner(of: $0, among: known) == nil }
    return Set(outside.map(folder(of:))).filter { isSearched($0.split(separator: "/")) }.sorted()
  }

  static func isMainFile(_ path: String) -> Bool {
    path.split(separator: "/").last?.lowercased() == "skill.md"
  }

  /// Whether a folder of these components is searched.
  static func isSearched(_ components: [Substring]) -> Bool {
    guard components.count <= maximumDepth else { return false }
    for (index, name) in components.enumerated() {
      if name == "node_modules" { return false }
      guard name.hasPrefix(".") else { continue }
      guard [".claude", ".agents"].contains(name) else { return false }
      if index + 1 < components.count, components[index + 1] != "skills" { return false }
    }
    return true
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The outermost of these folders that something lies in; nil when it lies in none.
  static func owner(of path: String, among folders: Set<String>) -> String? {
    ancestors(of: path).first(where: folders.contains)
  }

  private static func ancestors(of path: String) -> [String] {
    path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
  }
}
