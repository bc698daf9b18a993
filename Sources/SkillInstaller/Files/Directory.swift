import FileSystem
import Skills

/// An open directory whose failures are those of the product.
package typealias Directory = FileSystem.Directory<MeshError>

/// A name in an open directory.
package typealias Entry = FileSystem.Entry<MeshError>

extension MeshError: FileFailure {
  package init(_ error: FileError) {
    if error.operation == .open, error.errno == .improperLink {
      self.init(
        .conflict, "'\(error.path)' is a link that leads out of this project, or nowhere",
        hint: "Put a folder there instead. Your own skills, for all projects, are those of --global.")
      return
    }
    let hint: Message? =
      if error.isFull {
        "Free some space and try again; nothing was changed."
      } else if error.isForbidden {
        "Check who owns the folders and whether you may write there; your own you open with chmod u+w."
      } else {
        nil
      }
    self.init(error.isFull ? .storageFull : .fileError, "\(error)", hint: hint)
  }
}

extension Directory {
  /// What others may do to a folder they may do to what we put there.
  ///
  /// A folder that its group may write to is not refused: with a umask of 002 that is how teams share a project, and
  /// who is in the group was trusted with its files by whoever set that up.
  ///
  /// - Throws: `fileError`, naming the remedy, when everybody may add, rename and remove entries in it.
  func refuseOpenToAll() throws(MeshError) {
    guard try status().isOpenToAll else { return }
    throw MeshError(.fileError, "everybody may write to '\(path)'", hint: "Close it first: chmod o-w '\(path)'.")
  }

  /// - Throws: `fileError`, also when it belongs to another user, who could swap what is in it at any time.
  func refuseUntrusted() throws(MeshError) {
    try refuseOpenToAll()
    guard try !status().isOfTrustedOwner else { return }
    throw MeshError(
      .fileError, "'\(path)' belongs to another user, who could replace what is put there",
      hint: "Make it yours first: chown -R \"$(id -u)\" '\(path)'.")
  }
}
