import CSwap
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
      switch try source.kind(of: name) {
      case .directory: try copy(source.child(name), to: target.newChild(name))
      case .file: try copy(file: name, source, target)
      case .link, .other, nil: continue
      }
    }
  }

  private func copy(file name: String, _ source: Directory, _ target: Directory) throws(MeshError) {
    let mode: mode_t = try source.isExecutable(name) ? 0o755 : 0o644
    if clones, try target.clone(name, of: source, mode: mode) { return }
    guard let bytes = try source.read(name, limit: .max) else { return }
    try target.write(bytes, to: name, mode: mode)
  }
}

extension Directory {
  /// Makes a file that shares its blocks with the one of the same name in another directory.
  ///
  /// - Returns: False when the file system cannot; then there is no file of that name.
  fileprivate func clone(_ name: String, of source: Directory, mode: mode_t) throws(MeshError) -> Bool {
    guard agentmesh_clone(source.descriptor.rawValue, descriptor.rawValue, name) == 0 else { return false }
    guard fchmodat(descriptor.rawValue, name, mode, 0) == 0 else {
      throw Self.fileError("cannot write '\(place(of: name))'")
    }
    return true
  }
}
