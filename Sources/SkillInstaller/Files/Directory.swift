import FileSystem
import SkillArchive
import Skills

/// An open directory whose failures are those of the product.
package typealias Directory = FileSystem.Directory<MeshError>

/// A name in an open directory.
package typealias Entry = FileSystem.Entry<MeshError>

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
