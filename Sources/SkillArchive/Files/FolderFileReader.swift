import Skills

/// Opens files below a folder by their paths, one name at a time and through no link.
struct FolderFileReader: ~Copyable {
  private let root: OpenFolder
  private let buffer = Buffer()
  /// The folder that the last file was in, which the next one is most often in, too.
  private var parent: OpenFolder?
  private var parentPath: ArraySlice<UInt8> = []

  init(_ root: consuming OpenFolder) {
    self.root = root
  }

  mutating func open(_ path: [UInt8]) throws(FileFault) -> OpenFile {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return try root.file(path) }
    if parent == nil || path[..<slash] != parentPath {
      parent = try Self.descend(path[..<slash].split(separator: UInt8(ascii: "/"))[...], from: root)
      parentPath = path[..<slash]
    }
    let name = Array(path[(slash + 1)...])
    guard let file = try parent?.file(name) else { return try root.file(name) }
    return file
  }

  /// The content of a file, or its first `limit + 1` bytes.
  mutating func bytes(of path: [UInt8], limit: Int) throws(FileFault) -> [UInt8] {
    let file = try open(path)
    var content: [UInt8] = []
    content.reserveCapacity(min(limit, try file.status().size))
    while content.count <= limit {
      let count = try file.read(into: buffer.bytes)
      if count == 0 { break }
      content.append(contentsOf: buffer.prefix(count))
    }
    return content
  }

  /// Size and digest of a file as they are now.
  mutating func entry(_ path: SkillPath, _ item: FolderItem) throws(FileFault) -> FileManifest.Entry {
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

  private static func descend(
    _ names: ArraySlice<ArraySlice<UInt8>>, from folder: borrowing OpenFolder
  ) throws(FileFault) -> OpenFolder {
    let next = try folder.folder(Array(names.first ?? []))
    return names.count <= 1 ? next : try descend(names.dropFirst(), from: next)
  }
}
