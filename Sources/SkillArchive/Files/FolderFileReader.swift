import FileSystem
import Skills

/// Opens files below a folder by their paths, one name at a time and through no link.
struct FolderFileReader<Failure: FileFailure>: ~Copyable {
  private let root: Directory<Failure>
  private let buffer = Buffer()
  /// The folder that the last file was in, which the next one is most often in, too.
  private var parent: Directory<Failure>?
  private var parentPath: ArraySlice<UInt8> = []

  init(_ root: Directory<Failure>) {
    self.root = root
  }

  mutating func open(_ path: [UInt8]) throws(Failure) -> OpenFile<Failure> {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return try root.file(path) }
    if let parent, path[..<slash] == parentPath { return try parent.file(Array(path[(slash + 1)...])) }
    var folder = root
    for name in path[..<slash].split(separator: UInt8(ascii: "/")) { folder = try folder.child(Array(name)) }
    (parent, parentPath) = (folder, path[..<slash])
    return try folder.file(Array(path[(slash + 1)...]))
  }

  /// The content of a file, or its first `limit + 1` bytes.
  mutating func bytes(of path: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    try open(path).prefix(limit + 1)
  }

  /// Size and digest of a file as they are now.
  mutating func entry(_ path: SkillPath, _ item: FolderItem) throws(Failure) -> FileManifest.Entry {
    let file = try open(item.path)
    var hasher = Digest.Hasher()
    var size = 0
    while true {
      let count = try file.read(into: buffer.bytes)
      if count == 0 { break }
      hasher.update(buffer.prefix(count))
      size += count
    }
    let isExecutable = try file.status().isExecutable
    return FileManifest.Entry(path: path, size: size, digest: hasher.finalize(), isExecutable: isExecutable)
  }
}
