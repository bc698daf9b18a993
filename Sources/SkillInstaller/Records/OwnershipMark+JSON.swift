import Skills

/// The shape is in `schemas/ownership-mark.schema.json`.
extension OwnershipMark {
  /// Nil for what is no record of this format.
  package init?(reading bytes: [UInt8]) {
    guard let node = JSONNode(reading: bytes), node["format"]?.integer == Self.currentFormat,
      let reference = node["reference"]?.string, let version = node["version"]?.string,
      let registry = node["registry"]?.string, let digest = node["digest"]?.string.flatMap(Digest.init),
      let treeDigest = node["tree_digest"]?.string.flatMap({ TreeDigest($0) }),
      let isPrivate = node["is_private"]?.bool, let links = node["links"]?.strings,
      let files = node["files"]?.items?.map(File.init(reading:)), !files.contains(nil),
      let folder = node.optional("folder", \.string), let size = node.optional("size", \.integer),
      let dependencies = node.optional("dependencies", \.strings), let commit = node.optional("commit", \.string),
      let previous = node.optional("previous", { Previous(reading: $0) })
    else { return nil }
    self.reference = reference
    name = try? SkillName(parsing: reference)
    self.version = version
    self.registry = registry
    self.digest = digest
    self.treeDigest = treeDigest
    self.isPrivate = isPrivate
    self.links = links
    self.files = files.compactMap(\.self)
    self.folder = folder
    self.size = size
    self.dependencies = dependencies
    self.commit = commit
    self.previous = previous
  }

  package var encoded: [UInt8] {
    var members: [(key: String, value: CanonicalJSON)] = [
      ("format", .integer(Self.currentFormat)), ("reference", .string(reference)), ("version", .string(version)),
    ]
    if let commit { members.append(("commit", .string(commit))) }
    members.append(("registry", .string(registry)))
    members.append(("is_private", .bool(isPrivate)))
    if let folder { members.append(("folder", .string(folder))) }
    members.append(("digest", .string(digest.description)))
    if let size { members.append(("size", .integer(size))) }
    members.append(("tree_digest", .string(treeDigest.description)))
    if let dependencies { members.append(("dependencies", .strings(dependencies))) }
    members.append(("links", .strings(links)))
    if let previous { members.append(("previous", previous.json)) }
    members.append(("files", .array(files.map(\.json))))
    return CanonicalJSON.object(members).bytes
  }
}

extension OwnershipMark.File {
  fileprivate init?(reading node: JSONNode) {
    guard let path = node["path"]?.string, let size = node["size"]?.integer,
      let digest = node["digest"]?.string.flatMap(Digest.init), let executable = node["executable"]?.bool
    else { return nil }
    self.init(path: path, size: size, digest: digest, executable: executable)
  }

  fileprivate var json: CanonicalJSON {
    .object([
      ("path", .string(path)), ("size", .integer(size)), ("digest", .string(digest.description)),
      ("executable", .bool(executable)),
    ])
  }
}

extension OwnershipMark.Previous {
  fileprivate init?(reading node: JSONNode) {
    guard let version = node["version"]?.string, let commit = node.optional("commit", \.string),
      let digest = node["digest"]?.string.flatMap(Digest.init), let size = node["size"]?.integer,
      let treeDigest = node["tree_digest"]?.string.flatMap({ TreeDigest($0) }),
      let dependencies = node["dependencies"]?.strings
    else { return nil }
    self.init(
      version: version, commit: commit, digest: digest, size: size, treeDigest: treeDigest, dependencies: dependencies)
  }

  fileprivate var json: CanonicalJSON {
    var members: [(key: String, value: CanonicalJSON)] = [("version", .string(version))]
    if let commit { members.append(("commit", .string(commit))) }
    members.append(("digest", .string(digest.description)))
    members.append(("size", .integer(size)))
    members.append(("tree_digest", .string(treeDigest.description)))
    members.append(("dependencies", .strings(dependencies)))
    return .object(members)
  }
}

extension CanonicalJSON {
  fileprivate static func strings(_ values: [String]) -> CanonicalJSON { .array(values.map(CanonicalJSON.string)) }
}

extension JSONNode {
  fileprivate var strings: [String]? {
    guard let texts = items?.map(\.string), !texts.contains(nil) else { return nil }
    return texts.compactMap(\.self)
  }

  /// What `read` makes of a member; nil inside when there is none, nil outside when it is something else.
  fileprivate func optional<Value>(_ key: String, _ read: (JSONNode) -> Value?) -> Value?? {
    guard let node = self[key] else { return .some(nil) }
    if case .null = node.kind { return .some(nil) }
    return read(node).map(Optional.some)
  }
}
