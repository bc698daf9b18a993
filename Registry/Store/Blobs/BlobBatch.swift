import Dispatch
import Skills
import Synchronization

/// Makes uploads blobs: the files of all are synced side by side, then all get their names, then each folder is synced.
///
/// Syncs at the same moment cost a file system hardly more than one of them. The order for each blob is that of one
/// alone: its bytes are on disk before it has its name, and its name before anybody may refer to it.
struct BlobBatch: Sendable {
  /// An upload, and what became of it.
  final class Job: Sendable {
    let upload: BlobUpload
    private let outcome = Mutex<Result<HeldBlob, StoreFailure>?>(nil)

    init(_ upload: BlobUpload) {
      self.upload = upload
    }

    func result() throws(StoreFailure) -> HeldBlob {
      guard let outcome = outcome.withLock({ $0 }) else { throw .readOnly }
      return try outcome.get()
    }

    fileprivate var blob: HeldBlob? { outcome.withLock { try? $0?.get() } }

    fileprivate func succeed(_ blob: HeldBlob) { outcome.withLock { $0 = .success(blob) } }

    fileprivate func fail(_ failure: StoreFailure) { outcome.withLock { $0 = .failure(failure) } }
  }

  /// A folder that got names, with those whose they are.
  private struct Group: Sendable {
    let directory: StoreDirectory
    var jobs: [Job]
  }

  /// Syncs that run side by side: threads that do nothing but wait for the disk.
  private static let width = 32

  private let folder: StoreDirectory
  private let names: NameLock
  private let readOnlyMode: ReadOnlyMode
  private let durableNames = DurableNames()
  private let helpers = (0..<width).map { DispatchQueue(label: "registry.blobs.\($0)") }

  init(in folder: StoreDirectory, names: NameLock, readOnlyMode: ReadOnlyMode) {
    self.folder = folder
    self.names = names
    self.readOnlyMode = readOnlyMode
  }

  /// The folder, by its name, in which a blob lies.
  static func group(of digest: Digest) -> String { String(digest.hexadecimal.prefix(2)) }

  /// Stores all jobs on threads that may block.
  func store(_ jobs: [Job]) async {
    await withCheckedContinuation { continuation in
      // A serial queue has a thread beside those for tasks: a concurrent one would block one of these, few as they are.
      DispatchQueue(label: "registry.blobs").async {
        run(jobs)
        continuation.resume()
      }
    }
  }

  /// As `store(_:)`, on the caller's thread.
  func run(_ jobs: [Job]) {
    sideBySide(jobs) { job in
      attempt([job]) { () throws(StoreFailure) in
        try readOnlyMode.check()
        job.succeed(HeldBlob(try job.upload.seal(), in: names))
      }
    }
    sideBySide(named(jobs)) { group in
      attempt(group.jobs) { () throws(StoreFailure) in try group.directory.sync() }
    }
  }

  /// Gives every sealed upload its name.
  private func named(_ jobs: [Job]) -> [Group] {
    var groups: [String: Group] = [:]
    for job in jobs {
      guard let digest = job.blob?.digest else { continue }
      attempt([job]) { () throws(StoreFailure) in
        let name = Self.group(of: digest)
        let directory =
          if let group = groups[name] { group.directory } else { try durableNames.open(name, in: folder) }
        try names.withLock { () throws(StoreFailure) in
          try job.upload.folder.move(job.upload.name, to: directory, digest.hexadecimal)
        }
        job.upload.wasKept()
        groups[name, default: Group(directory: directory, jobs: [])].jobs.append(job)
      }
    }
    return Array(groups.values)
  }

  private func attempt(_ jobs: [Job], _ step: () throws(StoreFailure) -> Void) {
    do {
      try readOnlyMode.guarding(step)
    } catch {
      for job in jobs { job.fail(error) }
    }
  }

  private func sideBySide<Item: Sendable>(_ items: [Item], _ work: @escaping @Sendable (Item) -> Void) {
    if items.count == 1 { return work(items[0]) }
    let all = DispatchGroup()
    for (index, item) in items.enumerated() {
      helpers[index % helpers.count].async(group: all) { work(item) }
    }
    all.wait()
  }
}
