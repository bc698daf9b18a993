import FileSystem
import Skills
import Synchronization
import SystemPackage

/// The skills folder of one agent, opened once for all skills that are linked there.
final class AgentFolder: Sendable {
  let directory: Directory
  /// The folder with the real copies.
  let shared: Directory
  /// Whether the two are the same.
  let isShared: Bool
  private let folder: OpenFolder
  private let knowledge = Mutex(Knowledge())

  /// What is found out once.
  private struct Knowledge {
    var isTrusted = false
    var relativePath: String?
  }

  init(_ folder: OpenFolder, shared: Directory) throws(MeshError) {
    self.folder = folder
    directory = folder.directory
    self.shared = shared
    isShared = try directory.identity() == shared.identity()
  }

  /// - Throws: `fileError` when another user could swap what we put there.
  func refuseUntrusted() throws(MeshError) {
    if knowledge.withLock({ $0.isTrusted }) { return }
    try folder.refuseUntrusted()
    knowledge.withLock { $0.isTrusted = true }
  }

  /// The path from here to the shared folder, as both really lie.
  func relativePath() throws(MeshError) -> String {
    if let path = knowledge.withLock({ $0.relativePath }) { return path }
    let from = try Self.components(directory)
    let to = try Self.components(shared)
    let common = zip(from, to).prefix { $0 == $1 }.count
    let path = (Array(repeating: "..", count: from.count - common) + to.dropFirst(common)).joined(separator: "/")
    knowledge.withLock { $0.relativePath = path }
    return path
  }

  private static func components(_ directory: Directory) throws(MeshError) -> [String] {
    guard let path = directory.path.resolved else {
      throw MeshError(FileError(.inspect, directory.path, .noSuchFileOrDirectory))
    }
    return path.components.map(\.string)
  }
}
