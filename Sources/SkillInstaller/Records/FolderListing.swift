import Skills

/// A folder of skills with what stands in it, listed once.
struct FolderListing: Sendable {
  struct Item: Sendable {
    let name: String
    /// Of the entry itself: a link is not followed; nil for what has gone in the meantime.
    let kind: Result<Directory.Kind?, MeshError>
  }

  /// `Agent.sharedFolder`, or a text of `InstallTargets.knownFolders`.
  let text: String
  let directory: Directory
  /// Sorted by name; a failure where the names cannot be read.
  let items: Result<[Item], MeshError>

  init(_ directory: Directory, called text: String) {
    (self.directory, self.text) = (directory, text)
    items = Result { () throws(MeshError) in
      try directory.names().map { name in
        Item(name: name, kind: Result { () throws(MeshError) in try directory.kind(of: name) })
      }
    }
  }
}
