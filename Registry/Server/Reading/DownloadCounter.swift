import Foundation
import RegistryStore
import Synchronization

/// Counts downloads of versions in memory, from where they are saved every few seconds; nothing is kept of by whom.
final class DownloadCounter: Sendable {
  /// What was saved of a skill, by its versions.
  struct Totals: Sendable {
    fileprivate let readAt: Date
    fileprivate let byVersion: [Int64: Int]

    /// Of all versions.
    var sum: Int { byVersion.values.reduce(0, +) }

    func of(_ version: VersionRecord) -> Int { byVersion[version.id] ?? 0 }
  }

  /// How old totals may be, in seconds: pages that many look at are not summed up each time.
  static let age = 60.0
  /// Versions with downloads that wait to be saved; those of others are not counted meanwhile.
  private static let limit = 100_000
  /// Versions of one transaction: other writers do not wait for more.
  private static let batch = 1_000

  private let waiting = Mutex([Downloads.Key: Int]())
  private let known = BoundedCache<Int64, Totals>(limit: 1 << 18) { $0.byVersion.count + 4 }
  private let downloads: Downloads
  private let now: @Sendable () -> Date

  init(_ downloads: Downloads, now: @escaping @Sendable () -> Date) {
    self.downloads = downloads
    self.now = now
  }

  /// Counts one download of the whole archive.
  func count(_ version: VersionRecord) {
    add([Downloads.Key(versionID: version.id, at: now()): 1])
  }

  /// Writes down what was counted; what cannot be written waits for the next time.
  func save() async throws {
    var counted = waiting.withLock { waiting in
      let counted = waiting
      waiting = [:]
      return counted
    }
    while !counted.isEmpty {
      let part = Dictionary(uniqueKeysWithValues: counted.prefix(Self.batch).map { ($0.key, $0.value) })
      do {
        try await downloads.add(part)
      } catch {
        add(counted)
        throw error
      }
      for key in part.keys { counted[key] = nil }
    }
  }

  /// What was saved of a skill, up to `age` ago.
  func totals(of skill: SkillRecord) async throws -> Totals {
    let time = now()
    if let totals = known[skill.id], time.timeIntervalSince(totals.readAt) < Self.age { return totals }
    let read = Totals(readAt: time, byVersion: try await downloads.totals(ofSkill: skill.id))
    known.insert(read, for: skill.id)
    return read
  }

  private func add(_ counts: [Downloads.Key: Int]) {
    waiting.withLock { waiting in
      for (key, times) in counts where waiting[key] != nil || waiting.count < Self.limit {
        waiting[key, default: 0] += times
      }
    }
  }
}
