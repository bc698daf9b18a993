import SystemPackage

/// A call of the system that failed: what it was to do, on which path, and with which error number.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Operation: String, Hashable, Sendable {
    case open
    case create
    case read
    case write
    case inspect
    case list
    case move = "move something to"
    case link
    case remove
    case lock
    case sync
    case close
    case setMode = "set the mode of"
    case trust
  }

  package let operation: Operation
  /// As the disk spells it: escape it for a terminal.
  package let path: FilePath
  package let errno: Errno

  package init(_ operation: Operation, _ path: FilePath, _ errno: Errno) {
    self.operation = operation
    self.path = path
    self.errno = errno
  }

  package var description: String {
    // What takes only regular files says so with this number, as the system does for other wrong arguments.
    if operation == .open, errno == .invalidArgument { return "'\(path)' is not a regular file" }
    return "cannot \(operation.rawValue) '\(path)': \(errno)"
  }

  /// Whether nothing of that name is there.
  package var isAbsent: Bool { errno == .noSuchFileOrDirectory }

  /// Whether something else than a regular file is there.
  package var isNoRegularFile: Bool { operation == .open && errno == .invalidArgument }

  /// Whether the disk, or the share of it that is ours, is full.
  package var isFull: Bool { errno == .noSpace || errno == .diskQuotaExceeded }

  /// Whether it is not ours to do.
  package var isForbidden: Bool { [.permissionDenied, .notPermitted, .readOnlyFileSystem].contains(errno) }
}

/// What a module throws when a call on files fails: each says once what a `FileError` is to it.
package protocol FileFailure: Error {
  init(_ error: FileError)
}

extension FileError: FileFailure {
  package init(_ error: FileError) { self = error }
}
