import FileSystem
import Skills

/// What lies in a folder on disk: a manifest of its files, and everything that no skill can hold.
package struct FolderContents: Hashable, Sendable {
  /// A link, a special file, or a name that the dialect does not allow.
  ///
  /// Archives never bring these; people do.
  package struct Stranger: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case link
      case special
      case badName = "bad-name"
    }

    /// As the disk spells it; print it escaped.
    package var path: String
    package var kind: Kind
  }

  package var manifest: FileManifest
  package var strangers: [Stranger]

  /// Reads a folder through descriptors, following no link and changing nothing.
  ///
  /// - Parameter isIgnored: asked for the path of every file and folder below; what it names is not looked at.
  package init<Failure>(
    of folder: Directory<Failure>, ignoring isIgnored: (String) -> Bool = { _ in false }
  ) throws(Failure) {
    var found: [FileManifest.Entry] = []
    var strangers: [Stranger] = []
    var reader = FolderFileReader(folder)
    try FolderWalk.walk(folder) { item throws(Failure) in
      if isIgnored(item.text) { return false }
      guard let path = try? SkillPath(validating: item.path) else {
        strangers.append(Stranger(path: item.text, kind: .badName))
        return false
      }
      switch item.status.kind {
      case .directory: return true
      case .file: found.append(try reader.entry(path, item))
      case .link: strangers.append(Stranger(path: item.text, kind: .link))
      case .other: strangers.append(Stranger(path: item.text, kind: .special))
      }
      return false
    }
    manifest = FileManifest(found)
    self.strangers = strangers
  }
}
