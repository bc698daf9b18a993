import FileSystem
import FoundationSubset

extension SkillCache {
  /// Bytes for which the file `usage` has one byte.
  private static let usageUnit = 16 << 10

  /// After how many seconds a file that is being written belongs to a process that has died.
  private static let abandonedAfter: TimeInterval = 3_600

  /// Removes what was used least recently once there is more than the limit: archives first, then index documents.
  ///
  /// Goes an eighth below the limit, so that it is not called again at once. Also removes what killed processes have
  /// left. As far as that is possible.
  package func trim() {
    do throws(FileError) {
      try trim(CacheDirectory.openCache(folder))
    } catch {
      return
    }
  }

  /// Notes that something was stored.
  ///
  /// - Returns: Whether there may be too much now.
  func countUsage(_ size: Int, in root: CacheDirectory) throws(FileError) -> Bool {
    let added = size / Self.usageUnit + 1
    let before = try root.extend(CachePath.usage.name, by: added)
    // Nothing before: the files were never counted.
    return before == 0 || (before + added) * Self.usageUnit > limit
  }

  func trim(_ root: CacheDirectory) throws(FileError) {
    let listing = try CacheListing(of: root)
    let (abandoned, entries) = listing.unfinished(before: Date(timeIntervalSinceNow: -Self.abandonedAfter))
    for entry in abandoned { try entry.remove(from: root) }
    var total = entries.reduce(0) { $0 + $1.size }
    if total > limit {
      for entry in listing.removalOrder() {
        guard total > limit - limit / 8 else { break }
        try entry.remove(from: root)
        total -= entry.size
      }
    }
    try root.replaceCached(
      CachePath.usage.name, with: [UInt8](repeating: 0, count: total / Self.usageUnit + 1))
  }
}
