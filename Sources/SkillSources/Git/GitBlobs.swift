import Skills

/// The contents of files out of a repository, in the order in which they were asked for.
struct GitBlobs {
  /// `<id> blob <size>\n` and the line feed behind the content.
  private static let frameBytes = 128

  private let output: [UInt8]
  private var offset = 0

  init(of entries: some Sequence<GitTree.Entry>, in repository: GitRepository) async throws(MeshError) {
    let wanted = entries.map { "\($0.id)\n" }.joined()
    if wanted.isEmpty {
      output = []
      return
    }
    let limit = entries.reduce(0) { $0 + $1.size + Self.frameBytes }
    output = try await repository.read(["cat-file", "--batch", "--buffer"], input: Array(wanted.utf8), limit: limit)
  }

  /// The content of the next entry.
  ///
  /// - Throws: `integrity_error` when git delivers something else.
  mutating func next(_ entry: GitTree.Entry) throws(MeshError) -> [UInt8] {
    let header = Array("\(entry.id) blob \(entry.size)\n".utf8)
    let start = offset + header.count
    guard start + entry.size < output.count, output[offset..<start].elementsEqual(header) else {
      throw MeshError(.integrityError, "git does not deliver \"\(entry.text, limit: 300)\"")
    }
    offset = start + entry.size + 1
    return Array(output[start..<start + entry.size])
  }
}
