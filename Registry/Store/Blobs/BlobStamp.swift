import FileSystem

/// Which file it is and when it was last written: equal stamps mean that nobody has written in between.
package struct BlobStamp: Sendable, Hashable {
  private let file: FileIdentity
  private let size: Int
  private let modified: FileTime

  init(_ status: FileStatus) {
    file = status.identity
    size = status.size
    modified = status.modified
  }
}
