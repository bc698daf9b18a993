import CSwap
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// What tells a directory from every copy of it, for records on disk: its inode and when it was made.
  ///
  /// Nothing of the device: its number may be another one after the next start of the machine. The moment is 0 where the
  /// file system does not know it.
  ///
  /// - Parameter name: Of an entry, links followed; without one the directory itself is meant.
  /// - Returns: Nil when there is nothing.
  package func fingerprint(of name: String = ".") -> String? {
    var information = stat()
    var birth: Int64 = 0
    guard fstatat(descriptor.rawValue, name, &information, 0) == 0,
      agentmesh_birth(descriptor.rawValue, name, &birth) == 0
    else { return nil }
    return "\(information.st_ino):\(birth)"
  }
}
