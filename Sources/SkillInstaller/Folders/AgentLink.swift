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
    /// It leads to the real copy, or the agent's folder is the shared folder itself.
    case inPlace
    /// A copy that we made because links cannot be there.
    case copy
    /// Something else stands there; the text says what.
    case foreign(String)
  }

  let folder: Directory
  let slug: SkillSlug
  private let shared: Directory

  init(folder: Directory, slug: SkillSlug, shared: Directory) {
    self.folder = folder
    self.slug = slug
    self.shared = shared
  }

  func state() throws(MeshError) -> State {
    if try folder.identity() == shared.identity() { return .inPlace }
    guard let kind = try folder.kind(of: slug.rawValue) else { return .missing }
    switch kind {
    case .link(let text):
      let destination = folder.identity(of: slug.rawValue)
      if destination != nil, destination == shared.identity(of: slug.rawValue) { return .inPlace }
      if try text == linkText() { return .inPlace }
      return .foreign("a link to '\(text)'")
    case .directory:
      let isOurs = try OwnershipMark.read(in: folder.child(slug.rawValue)) != nil
      return isOurs ? .copy : .foreign("a folder that agent-mesh did not create")
    case .file, .other: return .foreign("a file")
    }
  }

  /// Makes the link.
  ///
  /// - Returns: False when this file system has no links.
  func make() throws(MeshError) -> Bool {
    guard symlinkat(try linkText(), folder.descriptor.rawValue, slug.rawValue) != 0 else { return true }
    if [EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(errno) { return false }
    throw Directory.fileError("cannot link '\(folder.path.appending(slug.rawValue))'")
  }

  func remove() throws(MeshError) {
    switch try state() {
    case .inPlace where try folder.identity() != shared.identity(): try folder.removeFile(slug.rawValue)
    case .copy: try folder.removeTree(slug.rawValue)
    case .inPlace, .missing, .foreign: break
    }
  }

  /// The way from the agent's folder to the skill, as both really lie.
  private func linkText() throws(MeshError) -> String {
    let from = try Self.realPath(folder).components.map(\.string)
    let to = try Self.realPath(shared).components.map(\.string)
    let common = zip(from, to).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: from.count - common) + to.dropFirst(common) + [slug.rawValue]
    return steps.joined(separator: "/")
  }

  private static func realPath(_ directory: Directory) throws(MeshError) -> FilePath {
    guard let resolved = realpath(directory.path.string, nil) else {
      throw Directory.fileError("cannot resolve '\(directory.path)'")
    }
    defer { free(resolved) }
    return FilePath(String(cString: resolved))
  }
}
