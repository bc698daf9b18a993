import FileSystem
import SystemPackage

/// What the file system says of the skills of a project: another one when they have changed, without a look at their
/// bytes.
struct SkillStamp: Hashable {
  /// Entries that are looked at.
  private static let limit = 20_000

  private let value: Int

  /// - Parameters:
  ///   - lock: The file that says what is installed.
  ///   - folder: Where it is installed.
  init(lock: FilePath, folder: FilePath) {
    var hasher = Hasher()
    hasher.combine(FileStatus(at: lock)?.modified)
    var (folders, count) = ([folder], 0)
    while let path = folders.popLast() {
      do throws(FileError) {
        guard let directory = try Directory<FileError>.openIfPresent(path) else { continue }
        for name in try directory.names() where count < Self.limit {
          count += 1
          guard let status = try directory.statusIfPresent(of: name) else { continue }
          hasher.combine(name)
          hasher.combine(status.size)
          hasher.combine(status.mode)
          hasher.combine(status.modified)
          if status.kind == .directory { folders.append(path.appending(name)) }
        }
      } catch {
        hasher.combine("\(error)")
      }
    }
    value = hasher.finalize()
  }
}
