import SystemPackage

/// Reads a file that a person named, whatever lies there: a pipe or a device is an error and is never waited for.
package enum RegularFile {
  /// The whole content of a file, or its first `limit + 1` bytes.
  ///
  /// A link is followed. Nothing but a regular file is opened: `open` with `invalidArgument` says that it is none.
  package static func bytes(of path: FilePath, limit: Int) throws(FileFault) -> [UInt8] {
    let file = try OpenFile.reading(path)
    let buffer = Buffer()
    var content: [UInt8] = []
    while content.count <= limit {
      let wanted = min(buffer.bytes.count, limit + 1 - content.count)
      let count = try file.read(into: .init(rebasing: buffer.bytes.prefix(wanted)))
      if count == 0 { break }
      content.append(contentsOf: buffer.prefix(count))
    }
    return content
  }
}
