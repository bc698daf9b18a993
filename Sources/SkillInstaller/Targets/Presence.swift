import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether something stands at a path, seen through links; what cannot be looked at counts as missing.
enum Presence: Sendable {
  case missing
  case folder
  case other

  init(of path: FilePath) {
    var info = stat()
    guard path.withPlatformString({ stat($0, &info) }) == 0 else {
      self = .missing
      return
    }
    self = info.st_mode & S_IFMT == S_IFDIR ? .folder : .other
  }
}
