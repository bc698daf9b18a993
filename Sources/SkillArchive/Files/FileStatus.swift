#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the module wants to know of a file on disk.
struct FileStatus {
  struct Identity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
  }

  let kind: FolderItem.Kind
  let size: Int
  let isExecutable: Bool
  let identity: Identity

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    size = Int(raw.st_size)
    isExecutable = raw.st_mode & S_IXUSR != 0
    identity = Identity(device: UInt64(truncatingIfNeeded: raw.st_dev), inode: UInt64(raw.st_ino))
  }

  var isRegular: Bool { kind == .file }
}
