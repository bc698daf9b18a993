import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Permission bits as `chmod` takes them: `0o644`.
package typealias PermissionBits = mode_t

/// What stands under a name, or is open.
package struct FileStatus: Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case directory
    case link
    /// A pipe, a socket or a device.
    case other
  }

  package let kind: Kind
  /// Bytes.
  package let size: Int
  package let mode: PermissionBits
  package let identity: FileIdentity
  package let modified: FileTime
  private let owner: uid_t

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    size = Int(raw.st_size)
    mode = raw.st_mode & 0o7777
    owner = raw.st_uid
    identity = FileIdentity(raw)
    #if canImport(Darwin)
      modified = FileTime(raw.st_mtimespec)
    #else
      modified = FileTime(raw.st_mtim)
    #endif
  }

  /// What a path leads to, links followed; nil when that is nothing, or nothing that can be looked at.
  package init?(at path: FilePath) {
    var raw = stat()
    guard path.withPlatformString({ stat($0, &raw) }) == 0 else { return nil }
    self.init(raw)
  }

  /// Whether its owner may run it.
  package var isExecutable: Bool { mode & 0o100 != 0 }

  package var isOurs: Bool { owner == geteuid() }

  /// Whether it belongs to us or to the administrator.
  package var isOfTrustedOwner: Bool { isOurs || owner == 0 }

  /// Whether everybody may add, rename and remove entries of a directory, also those of others.
  package var isOpenToAll: Bool { mode & 0o002 != 0 && mode & 0o1000 == 0 }

  /// Whether somebody beside the owner may write.
  package var isOpenToOthers: Bool { mode & 0o022 != 0 }
}

/// Device and inode: equal for two paths to one file.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  init(_ raw: stat) {
    device = UInt64(truncatingIfNeeded: raw.st_dev)
    inode = UInt64(raw.st_ino)
  }

  /// Whether no mount point lies between the two.
  package func isOnDevice(of other: FileIdentity) -> Bool { device == other.device }
}

/// A moment, since 1970.
package struct FileTime: Hashable, Sendable {
  package let seconds: Int
  package let nanoseconds: Int

  init(_ raw: timespec) {
    seconds = raw.tv_sec
    nanoseconds = raw.tv_nsec
  }
}
