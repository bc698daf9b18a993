extension LockedSkill {
  private static let shared = ["digest", "size", "tree_digest", "dependencies"]

  init(reading object: StrictObject) throws(MeshError) {
    let folder = try object.parsed("folder", SkillSlug.init(parsing:))
    guard let folder else { throw Self.missing("folder", in: object) }
    self.init(
      folder: folder,
      origin: try Self.origin(in: object),
      digest: try Self.value("digest", of: object, "sha256: and 64 digits of 0-9 a-f", Self.digest),
      size: try Self.size(in: object),
      treeDigest: try Self.value("tree_digest", of: object, "t1: and 44 characters of base64", TreeDigest.init),
      dependencies: try Self.dependencies(in: object))
  }

  private static func origin(in object: StrictObject) throws(MeshError) -> Origin {
    guard object.node["source"] == nil else { return try source(in: object) }
    try object.allow(["folder", "name", "version", "registry", "private", "source", "commit"] + shared)
    if object.node["commit"] != nil { throw misplaced("commit", "a skill of a registry", in: object) }
    guard let name = try object.parsed("name", SkillName.init(parsing:)) else { throw missing("name", in: object) }
    guard let version = try object.parsed("version", SemanticVersion.init(parsing:)) else {
      throw missing("version", in: object)
    }
    guard let registry = try object.parsed("registry", RegistryAddress.checked) else {
      throw missing("registry", in: object)
    }
    return .registry(name, version, registry: registry, isPrivate: try isPrivate(in: object))
  }

  private static func source(in object: StrictObject) throws(MeshError) -> Origin {
    try object.allow(["folder", "source", "commit", "version", "name", "registry", "private"] + shared)
    for key in ["name", "registry", "private"] where object.node[key] != nil {
      throw misplaced(key, "a skill with a source", in: object)
    }
    guard let source = try object.parsed("source", SkillSource.init(parsing:)) else {
      throw missing("source", in: object)
    }
    let version = try object.string("version")
    if let version, !isPlainVersion(version) {
      throw fault("version", "it is empty, too long, or has characters that nobody can see", in: object)
    }
    return .source(source, commit: try commit(of: source, in: object), version: version)
  }

  /// Of a git source, and of it alone: the reference in its text may move, the commit does not.
  private static func commit(of source: SkillSource, in object: StrictObject) throws(MeshError) -> String? {
    guard case .git = source else {
      if object.node["commit"] != nil { throw misplaced("commit", "a source that is not git", in: object) }
      return nil
    }
    let commit = try object.requiredString("commit")
    guard GitCommit.isWhole(commit) else {
      throw fault("commit", "it is not a full commit of 40 or 64 digits of 0-9 a-f", in: object)
    }
    return commit
  }

  private static func isPrivate(in object: StrictObject) throws(MeshError) -> Bool {
    guard let node = object.node["private"] else { return false }
    guard case .bool(let isPrivate) = node.kind else { throw fault("private", "it is \(node.noun)", in: object) }
    return isPrivate
  }

  private static func size(in object: StrictObject) throws(MeshError) -> Int {
    guard let size = try object.required("size").integer, size > 0 else {
      throw fault("size", "it is not a whole number above 0", in: object)
    }
    return size
  }

  private static func dependencies(in object: StrictObject) throws(MeshError) -> [SkillReference] {
    _ = try object.required("dependencies")
    var references: [SkillReference] = []
    for (index, node) in try object.items("dependencies").enumerated() {
      let path = object.path + ["dependencies", "[\(index)]"]
      let text = try object.text(of: node, at: path)
      references.append(try object.parsed(text, at: node, path, SkillReference.init(parsing:)))
    }
    return references
  }

  /// Only with its prefix, as it is written.
  private static func digest(_ text: String) -> Digest? { text.hasPrefix("sha256:") ? Digest(text) : nil }

  private static func value<Value>(
    _ key: String, of object: StrictObject, _ form: String, _ parse: (String) -> Value?
  ) throws(MeshError) -> Value {
    guard let value = parse(try object.requiredString(key)) else { throw fault(key, "it is not \(form)", in: object) }
    return value
  }

  private static func missing(_ key: String, in object: StrictObject) -> MeshError {
    fault(key, "it is missing", in: object)
  }

  private static func misplaced(_ key: String, _ owner: String, in object: StrictObject) -> MeshError {
    fault(key, "\(owner) has no such key", in: object)
  }

  private static func fault(_ key: String, _ reason: Message, in object: StrictObject) -> MeshError {
    object.file.fault(
      at: object.node[key] ?? object.node, object.path + [key], reason,
      hint: "Restore the file, or delete this block and run: agent-mesh skills install")
  }
}
