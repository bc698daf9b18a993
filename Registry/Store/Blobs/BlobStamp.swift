#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which file it is and when it was last written: equal stamps mean that nobody has written in between.
package struct BlobStamp: Sendable, Hashable {
  private let file: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  init(_ information: stat) {
    file = UInt64(information.st_ino)
    size = Int64(information.st_size)
    #if canImport(Glibc)
      let modified = information.st_mtim
    #else
      let modified = information.st_mtimespec
    #endif
    seconds = modified.tv_sec
    nanoseconds = modified.tv_nsec
  }
}
