import FileSystem

/// Something found in a folder, by its path from the folder that was walked.
struct FolderItem {
  /// Components joined with `/`, as raw bytes: a name on disk need not be UTF-8.
  let path: [UInt8]
  let status: FileStatus

  var text: String { String(decoding: path, as: UTF8.self) }

  /// How many components the path has.
  var depth: Int { path.count { $0 == UInt8(ascii: "/") } + 1 }
}
