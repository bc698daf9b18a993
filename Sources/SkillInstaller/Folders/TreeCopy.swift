import FileSystem
import Skills

/// Copies the files and folders of a tree; links and special files are left out.
///
/// Where the file system can, a file becomes a clone (`FICLONE`, `fclonefileat`), which takes no space until one of the
/// two is changed. Never a hard link: whoever edits one name of it would change the other.
package struct TreeCopy: Sendable {
  private let clones: Bool

  /// - Parameter clones: False for plain copies everywhere.
  package init(clones: Bool = true) {
    self.clones = clones
  }

  /// Fills an empty directory.
  package func copy(_ source: Directory, to target: Directory) throws(MeshError) {
    for name in try source.names() {
      guard let status = try source.statusIfPresent(of: name) else { continue }
      switch status.kind {
      case .directory: try copy(source.child(name), to: target.newChild(name))
      case .file: try copy(file: name, status.isExecutable ? 0o755 : 0o644, source, target)
      case .link, .other: continue
      }
    }
  }

  private func copy(
    file name: String, _ mode: PermissionBits, _ source: Directory, _ target: Directory
  ) throws(MeshError) {
    if clones, try target.clone(name, of: source, mode: mode) { return }
    guard let bytes = try source.read(name, limit: .max) else { return }
    try target.write(bytes, to: name, mode: mode)
  }
}
