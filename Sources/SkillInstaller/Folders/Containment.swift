import Skills
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension InstallTargets {
  /// A cloned project may bring links in the places of our folders: what they lead to outside of it is not touched.
  ///
  /// A user's own folders may be linked to wherever their owner likes.
  ///
  /// - Throws: `conflict` when the folder, or the part of its path that is there, lies outside of the project.
  func refuseLeaving(_ folder: FilePath) throws(MeshError) {
    guard scope == .project, let home = Self.real(base) else { return }
    var probe = folder
    while probe != base, !probe.isEmpty {
      if let real = Self.real(probe) {
        guard real != home, !real.starts(with: home) else { return }
        throw leaving(probe, real.string)
      }
      var information = stat()
      if lstat(probe.string, &information) == 0, information.st_mode & S_IFMT == S_IFLNK {
        throw leaving(probe, "nowhere")
      }
      guard probe.removeLastComponent() else { return }
    }
  }

  private func leaving(_ place: FilePath, _ target: String) -> MeshError {
    MeshError(
      .conflict,
      "'\(place)' is a link that leads out of this project, to '\(TerminalText.escaped(target, limit: 300))'",
      hint: "Put a folder there instead. Your own skills, for all projects, are those of --global.")
  }

  private static func real(_ path: FilePath) -> FilePath? {
    guard let resolved = realpath(path.isEmpty ? "." : path.string, nil) else { return nil }
    defer { free(resolved) }
    return FilePath(String(cString: resolved))
  }
}
