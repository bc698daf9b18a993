import Skills

/// All names of an archive, files and folders, kept free of any two that some file system would take for one.
struct UsedNames {
  enum Kind {
    case file
    case folder
    /// A folder that exists because something lies in it.
    case implied
  }

  private struct Name {
    var spelling: String
    var kind: Kind
  }

  private var known: [String: Name] = [:]
  private var impliedSpellings: Set<String> = []

  mutating func insert(_ path: SkillPath, as kind: Kind) throws(ArchiveRefusal) {
    for ancestor in path.ancestors where impliedSpellings.insert(ancestor).inserted {
      guard let folder = try? SkillPath(parsing: ancestor) else { continue }
      try claim(folder, as: .implied)
    }
    try claim(path, as: kind)
  }

  private mutating func claim(_ path: SkillPath, as kind: Kind) throws(ArchiveRefusal) {
    let key = path.collisionKey
    guard let other = known[key] else {
      known[key] = Name(spelling: path.string, kind: kind)
      return
    }
    guard other.spelling == path.string else {
      throw ArchiveRefusal(
        .collidingNames, entry: path.string, "some file systems take it for \"\(other.spelling)\" of the same archive")
    }
    switch (other.kind, kind) {
    case (.implied, .implied), (.folder, .implied): return
    case (.implied, .folder): known[key]?.kind = .folder
    case (.file, .file), (.folder, .folder):
      throw ArchiveRefusal(.duplicateName, entry: path.string, "the archive has it twice")
    case (.file, _), (_, .file):
      throw ArchiveRefusal(.fileAsFolder, entry: path.string, "it is a file and a folder at once")
    }
  }
}
