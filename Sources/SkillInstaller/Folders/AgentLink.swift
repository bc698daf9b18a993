import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The place of a skill in the folder of one agent: a relative link to the one real copy.
struct AgentLink: Sendable {
  enum State: Equatable {
    case missing
    /// The agent's folder is the shared folder itself.
    case shared
    /// A link that leads to the real copy, with its text.
    case link(String)
    /// An untouched copy that we made because links cannot be there.
    case copy(TreeDigest)
    /// Something else stands there; the text says what.
    case foreign(String)
  }

  /// What `State.foreign` says of a copy of ours in which somebody has worked.
  static let editedCopy = "a copy that was edited"

  let folder: Directory
  let slug: SkillSlug
  let shared: Directory

  var entry: Entry { Entry(directory: folder, name: slug.rawValue) }

  func state() throws(MeshError) -> State {
    if try folder.identity() == shared.identity() { return .shared }
    guard let kind = try folder.kind(of: slug.rawValue) else { return .missing }
    switch kind {
    case .link(let text): return try leadsHome(text) ? .link(text) : .foreign("a link to '\(text)'")
    case .directory: return try state(of: folder.child(slug.rawValue))
    case .file, .other: return .foreign("a file")
    }
  }

  /// The way from the agent's folder to the skill, as both really lie.
  func text() throws(MeshError) -> String {
    let from = try Self.realPath(folder).components.map(\.string)
    let to = try Self.realPath(shared).components.map(\.string)
    let common = zip(from, to).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: from.count - common) + to.dropFirst(common) + [slug.rawValue]
    return steps.joined(separator: "/")
  }

  private func leadsHome(_ text: String) throws(MeshError) -> Bool {
    let isThere = try shared.kind(of: slug.rawValue) == .directory
    if isThere, folder.identity(of: slug.rawValue) == shared.identity(of: slug.rawValue) { return true }
    return try text == self.text()
  }

  private func state(of directory: Directory) throws(MeshError) -> State {
    let found = try SkillFolder(directory, named: slug)
    guard let mark = found.mark else { return .foreign("a folder that agent-mesh did not create") }
    return found.state == .intact ? .copy(mark.treeDigest) : .foreign(Self.editedCopy)
  }

  private static func realPath(_ directory: Directory) throws(MeshError) -> FilePath {
    guard let resolved = realpath(directory.place, nil) else {
      throw Directory.fileError("cannot resolve '\(directory.place)'")
    }
    defer { free(resolved) }
    return FilePath(String(cString: resolved))
  }
}
