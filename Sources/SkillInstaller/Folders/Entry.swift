import SystemPackage

/// A name in an open directory.
struct Entry: Sendable {
  let directory: Directory
  let name: String

  /// For messages.
  var path: FilePath { directory.path.appending(name) }
}
