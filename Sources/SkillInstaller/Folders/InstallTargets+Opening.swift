import FileSystem
import Skills
import SystemPackage

/// A folder of skills, with the directories through which it was reached.
struct OpenFolder: Sendable {
  /// The folder itself is the last one, its parent the one before.
  fileprivate let directories: [Directory]
  /// Whether the first of them is the project.
  fileprivate let isInProject: Bool

  var directory: Directory { directories[directories.count - 1] }

  var parent: Directory { directories[max(directories.count - 2, 0)] }

  var project: Directory? { isInProject ? directories[0] : nil }

  /// - Throws: `fileError` when another user could swap what we put there.
  func refuseUntrusted() throws(MeshError) {
    try directories[0].refuseOpenToAll()
    for directory in directories.dropFirst() { try directory.refuseUntrusted() }
  }
}

extension InstallTargets {
  /// Opens a folder of skills, given as `folder(of:)` gives it; nil when it is not there.
  ///
  /// A cloned project may bring links in the places of our folders, and whoever may write to a project may swap them at
  /// any time: so folders of a project are reached by walking down from it, and nothing outside of it is touched. A
  /// user's own folders may be linked to wherever their owner likes.
  ///
  /// - Parameter project: The open project, where somebody has it.
  /// - Throws: `conflict` when a link leads out of the project, or nowhere.
  func open(_ folder: String, in project: Directory? = nil) throws(MeshError) -> OpenFolder? {
    guard scope == .project else {
      return try Directory.openIfPresent(path(of: folder)).map { directory throws(MeshError) in
        OpenFolder(directories: [try directory.parent(), directory], isInProject: false)
      }
    }
    var project = project
    if project == nil { project = try Directory.openIfPresent(base) }
    var made: [Entry] = []
    let directories = try project?.descend(FilePath(folder), made: &made)
    return directories.map { OpenFolder(directories: $0, isInProject: true) }
  }

  /// As `open(_:in:)`, created where it is missing.
  ///
  /// - Parameter made: Gets what was created, the outermost first.
  func openOrCreate(
    _ folder: String, in project: Directory? = nil, made: inout [Entry]
  ) throws(MeshError) -> OpenFolder {
    guard scope == .project else {
      let directory = try Directory.openOrCreate(path(of: folder), made: &made)
      return OpenFolder(directories: [try directory.parent(), directory], isInProject: false)
    }
    // Whoever made the project may take it away again.
    for _ in 0..<8 {
      var start = project
      if start == nil { start = try Directory.openOrCreate(base, made: &made) }
      if let directories = try start?.descend(FilePath(folder), creating: 0o755, made: &made) {
        return OpenFolder(directories: directories, isInProject: true)
      }
    }
    throw MeshError(.conflict, "'\(path(of: folder))' is removed again and again while it is created")
  }
}
