import FileSystem
import FoundationSubset
import Skills

/// Archives and index documents that were fetched before, shared by all projects of one person.
///
/// Archives are found by their digest, index documents by registry, token and name; both are checked on every read, and
/// what is damaged is taken for absent. Any number of processes may use one cache at once. A cache that cannot be used
/// costs time and never an install: whatever stores does so when it can.
///
///     archives/ab/abcd…       an archive, by the 64 digits of its SHA-256
///     index/1f2e…/acme+x      an index document, by registry and token
///     usage                   one byte for every 16 KiB stored since the files were last counted
package struct SkillCache: Sendable {
  /// Bytes: 1 GiB.
  package static let standardLimit = 1 << 30
  /// Bytes of one index document, or of several in one response: thousands of versions.
  package static let largestDocument = 2 << 20

  package let folder: String
  /// The most bytes that it holds for longer than it takes to notice.
  package let limit: Int

  /// Touches nothing: the folder is made when something is stored.
  package init(folder: String, limit: Int = standardLimit) {
    self.folder = folder
    self.limit = limit
  }

  /// Where the cache of this person is: `AGENT_MESH_CACHE`, else `agent-mesh` in the system's folder for caches (XDG
  /// Base Directory Specification, which has relative paths passed over; `~/Library/Caches` on macOS).
  package static func standardFolder(environment: [String: String]) -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let named = value("AGENT_MESH_CACHE") { return named }
    if let caches = value("XDG_CACHE_HOME"), caches.hasPrefix("/") { return caches + "/agent-mesh" }
    let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
    #if os(macOS)
      return home + "/Library/Caches/agent-mesh"
    #else
      return home + "/.cache/agent-mesh"
    #endif
  }

  /// Opens a folder below and writes there, as far as that is possible.
  ///
  /// - Parameter size: Bytes that this adds.
  func storing(_ path: CachePath, size: Int, _ body: (CacheDirectory) throws(FileError) -> Void) {
    do throws(FileError) {
      let root = try CacheDirectory.openCache(folder, creating: true)
      try body(root.descendant(path.folders, creating: true))
      if try countUsage(size, in: root) { try trim(root) }
    } catch {
      // A full disk, a folder of somebody else: then nothing is cached.
      return
    }
  }

  /// Opens a file that may be there, and removes it when `body` finds it damaged.
  ///
  /// - Returns: Nil when there is none, or none to be trusted.
  func reading<Value>(
    _ path: CachePath, _ body: (borrowing OpenFile<FileError>) throws(FileError) -> Value?
  ) -> Value? {
    do throws(FileError) {
      let below = try CacheDirectory.openCache(folder).descendant(path.folders)
      let value: Value?
      do throws(FileError) {
        value = try body(below.file(path.name))
      } catch {
        guard error.isNoRegularFile else { throw error }
        value = nil
      }
      // Whoever is interrupted has not read enough to judge it.
      if value == nil, !Task.isCancelled { try below.removeFile(path.name) }
      return value
    } catch {
      // A cache that cannot be read has nothing.
      return nil
    }
  }
}
