import Skills

/// Why the store did not do what it was asked for.
package enum StoreFailure: Error, Sendable, Equatable, MeshErrorConvertible, CustomStringConvertible {
  /// No space is left for the database or a blob. Nothing was changed.
  case full
  /// An earlier write failed in a way that may have lost data: writing is off until the process starts again.
  case readOnly
  /// The process has no descriptors left.
  case exhausted
  /// The database or a blob is not what it was when it was written.
  case corrupt(String)
  /// The folder, the database or a blob cannot be opened, read or written.
  case inaccessible(String)
  /// Another process runs this registry.
  case inUse(String)
  /// The data was written by a newer program.
  case newerSchema(Int)

  package var description: String {
    switch self {
    case .full: "no space is left on the disk of the registry"
    case .readOnly: "an earlier write failed; writing stays off until the registry is started again"
    case .exhausted: "too many files and connections are open"
    case .corrupt(let what): "the stored data is damaged: \(what)"
    case .inaccessible(let what): what
    case .inUse(let folder): "another registry is already running on '\(folder)'"
    case .newerSchema(let version): "the data was written by a newer version of this program (schema \(version))"
    }
  }

  /// What it means to a client, which is not told of files and folders.
  package var meshError: MeshError {
    switch self {
    case .full: MeshError(.storageFull, "the registry has no space left; nothing was changed")
    case .readOnly: MeshError(.unavailable, "the registry takes no changes at the moment")
    case .exhausted: MeshError(.unavailable, "the registry is at the limit of what it can do at once")
    case .corrupt, .inaccessible, .inUse, .newerSchema:
      MeshError(.internalError, "the registry failed to answer", hint: "Try again later.")
    }
  }
}
