import Skills

/// One entry as a reader of an archive sees it, for comparing two readers.
struct Listing: Hashable {
  /// Raw bytes, without the slash that ends folders.
  var name: [UInt8]
  var isFolder: Bool
  var size: Int
  /// Of the content; nil for folders.
  var digest: Digest?

  /// The rule that every archive must pass: two independent readers see the same.
  static func compare(_ ours: [Listing], _ theirs: [Listing]) throws(ArchiveError) {
    if ours == theirs { return }
    let differing = zip(ours, theirs).first { $0 != $1 }
    let name = differing?.0.name ?? (ours.count > theirs.count ? ours : theirs).last?.name ?? []
    throw .refused(
      .parsersDisagree, entry: String(decoding: name, as: UTF8.self), "two readers see different things in the archive")
  }
}

extension Listing {
  init(_ entry: FileManifest.Entry) {
    self.init(name: Array(entry.path.string.utf8), isFolder: false, size: entry.size, digest: entry.digest)
  }

  init(folder path: SkillPath) {
    self.init(name: Array(path.string.utf8), isFolder: true, size: 0)
  }
}
