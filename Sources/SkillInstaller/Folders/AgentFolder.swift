import Skills
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The skills folder of one agent, opened once for all skills that are linked there.
final class AgentFolder: Sendable {
  let directory: Directory
  /// The folder with the real copies.
  let shared: Directory
  /// Whether the two are the same.
  let isShared: Bool
  private let knowledge = Mutex(Knowledge())

  /// What is found out once.
  private struct Knowledge {
    var isClosed = false
    var way: String?
  }

  init(_ directory: Directory, shared: Directory) throws(MeshError) {
    self.directory = directory
    self.shared = shared
    isShared = try directory.identity() == shared.identity()
  }

  /// - Throws: `fileError` when everybody may write there.
  func refuseOpen() throws(MeshError) {
    if knowledge.withLock({ $0.isClosed }) { return }
    try directory.refuseOpen(withParent: true)
    knowledge.withLock { $0.isClosed = true }
  }

  /// The way from here to the shared folder, as both really lie.
  func way() throws(MeshError) -> String {
    if let way = knowledge.withLock({ $0.way }) { return way }
    let from = try Self.realPath(directory).components.map(\.string)
    let to = try Self.realPath(shared).components.map(\.string)
    let common = zip(from, to).prefix { $0 == $1 }.count
    let way = (Array(repeating: "..", count: from.count - common) + to.dropFirst(common)).joined(separator: "/")
    knowledge.withLock { $0.way = way }
    return way
  }

  private static func realPath(_ directory: Directory) throws(MeshError) -> FilePath {
    guard let resolved = realpath(directory.place, nil) else {
      throw Directory.fileError("cannot resolve '\(directory.place)'")
    }
    defer { free(resolved) }
    return FilePath(String(cString: resolved))
  }
}
