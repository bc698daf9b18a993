extension Lockfile {
  /// The file in its canonical form: the same lock gives the same bytes, one skill a block.
  package var encoded: [UInt8] {
    CanonicalJSON.object([
      ("format", .integer(Self.currentFormat)),
      ("skills", .array(skills.map(\.json))),
    ]).bytes
  }
}

extension LockedSkill {
  fileprivate var json: CanonicalJSON {
    var members: [(key: String, value: CanonicalJSON)] = [("folder", .string(folder.rawValue))]
    switch origin {
    case .registry(let name, let version, let registry, _):
      members.append(("name", .string(name.description)))
      members.append(("version", .string(version.description)))
      members.append(("registry", .string(registry)))
    case .source(let source, let commit, let version):
      members.append(("source", .string(source.description)))
      if let commit { members.append(("commit", .string(commit))) }
      if let version, Self.isPlainVersion(version) { members.append(("version", .string(version))) }
    }
    members.append(("digest", .string(digest.description)))
    members.append(("size", .integer(size)))
    members.append(("tree_digest", .string(treeDigest.description)))
    if isPrivate { members.append(("private", .bool(true))) }
    members.append(("dependencies", .array(dependencies.map { .string($0.description) })))
    return .object(members)
  }

  /// Whether the version of a source, which is free text of its SKILL.md, is one that a lock can hold.
  ///
  /// Others are left out: the commit and the digest say what it is.
  static func isPlainVersion(_ text: String) -> Bool {
    (1...SemanticVersion.maximumBytes).contains(text.utf8.count)
      && !text.unicodeScalars.contains(where: TerminalText.isUnsafe)
  }
}
