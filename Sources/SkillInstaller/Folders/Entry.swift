import SystemPackage

/// A name in an open directory.
struct Entry: Sendable {
  let directory: Directory
  let name: String

  /// For messages.
  var place: String { directory.place(of: name) }

  var path: FilePath { directory.path.appending(name) }
}
