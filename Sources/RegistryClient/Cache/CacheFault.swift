import Skills
import SystemPackage

/// Why the cache cannot be used.
enum CacheFault: Error {
  /// There is no such folder or file.
  case absent
  /// Others may write to the folder: what is in it can be anybody's.
  case untrusted(path: String)
  /// What stands there is no regular file, or larger than what belongs there.
  case foreign
  case system(path: String, Errno)

  /// What `errno` says of a call that failed.
  static func last(_ path: String) -> CacheFault {
    let number = Errno(rawValue: errnoNow())
    return number == .noSuchFileOrDirectory ? .absent : .system(path: path, number)
  }
}

extension MeshError {
  init(_ fault: CacheFault) {
    switch fault {
    case .absent: self.init(.fileError, "the cache changed while it was being looked at", hint: "Try again.")
    case .foreign: self.init(.fileError, "there is something in the cache that does not belong there")
    case .untrusted(let path):
      self.init(
        .fileError, "the cache '\(path)' is not used: others may write to it",
        hint: "It must be yours, with mode 0700. Move it away, or name another one in AGENT_MESH_CACHE.")
    case .system(let path, let number):
      self.init(
        .fileError, "cannot use the cache '\(path)': \(number)",
        hint: "Check who owns the folder, or name another one in AGENT_MESH_CACHE.")
    }
  }
}
