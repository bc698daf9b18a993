import Synchronization

/// Opens folders that are made where they are missing, and knows of which ones the names are durable.
final class DurableNames: Sendable {
  private let known = Mutex<Set<String>>([])

  /// Returns once the folder is there and its name synced.
  ///
  /// One that is there may have been made by a process that was killed before it could sync the name.
  func open(_ name: String, in folder: StoreDirectory) throws(StoreFailure) -> StoreDirectory {
    if known.withLock({ $0.contains(name) }) { return try folder.child(name) }
    let directory = try folder.childOrCreated(name, mode: 0o700)
    try folder.sync()
    known.withLock { _ = $0.insert(name) }
    return directory
  }
}
