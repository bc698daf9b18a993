import CArchive

/// libarchive, loaded when the first archive is read or written.
package enum Libarchive {
  /// Loads it on a thread of its own, for a command that is about to need it.
  package static func prepare() {
    Task.detached { _ = loaded }
  }

  /// - Throws: `library` where it is missing or too old.
  static func functions() throws(ArchiveError) -> agentmesh_archive { try loaded.get() }

  private static let loaded: Result<agentmesh_archive, ArchiveError> = load()

  #if canImport(Darwin)
    private static let names = ["libarchive.13.dylib", "/usr/lib/libarchive.2.dylib"]
  #else
    private static let names = ["libarchive.so.13"]
  #endif

  private static func load() -> Result<agentmesh_archive, ArchiveError> {
    var functions = agentmesh_archive()
    var reason = "no name to look for"
    for name in names {
      guard let failure = agentmesh_archive_load(&functions, name) else { return .success(functions) }
      reason = String(cString: failure)
    }
    return .failure(.library("libarchive cannot be loaded: \(reason)"))
  }
}
