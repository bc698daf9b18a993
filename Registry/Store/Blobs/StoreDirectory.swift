import FileSystem
import SystemPackage

/// An open directory of the store.
typealias StoreDirectory = Directory<StoreFailure>

extension StoreFailure: FileFailure {
  package init(_ error: FileError) {
    switch error.errno {
    case .noSpace, .diskQuotaExceeded: self = .full
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem: self = .exhausted
    default: self = .inaccessible(error.description)
    }
  }
}

extension StoreDirectory {
  /// Opens a folder that a person named, creating it where it is missing, and makes its name durable.
  ///
  /// One that is there may have been made by a process that was killed before it could sync the name.
  static func openDurable(_ path: FilePath) throws(StoreFailure) -> StoreDirectory {
    let parent = try open(path.removingLastComponent())
    if let name = path.lastComponent, name.kind == .regular { try parent.makeChild(name.string, mode: 0o700) }
    try parent.sync()
    return try open(path)
  }
}
