import FileSystem
import SystemPackage

/// Whether something stands at a path, seen through links; what cannot be looked at counts as missing.
enum Presence: Sendable {
  case missing
  case folder
  case other

  init(of path: FilePath) {
    switch FileStatus(at: path)?.kind {
    case nil: self = .missing
    case .directory: self = .folder
    case .file, .link, .other: self = .other
    }
  }
}
