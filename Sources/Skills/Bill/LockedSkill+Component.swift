extension LockedSkill {
  /// What the bill calls it: folders are unique in a project.
  var billReference: String { "skill/\(folder)" }

  /// The skill as a component of a bill.
  var component: CanonicalJSON {
    var members: [(key: String, value: CanonicalJSON)] = [
      ("type", .string("library")), ("bom-ref", .string(billReference)),
    ]
    if let name { members.append(("group", .string(name.author.rawValue))) }
    members.append(("name", .string(name?.slug.rawValue ?? folder.rawValue)))
    if let version = PackageURL.version(of: self) { members.append(("version", .string(version))) }
    members.append(("hashes", .array([hash])))
    members.append(("purl", .string(PackageURL.text(of: self))))
    if let externalReference { members.append(("externalReferences", .array([externalReference]))) }
    members.append(("properties", .array(properties)))
    return .object(members)
  }

  private var hash: CanonicalJSON {
    .object([("alg", .string("SHA-256")), ("content", .string(digest.hexadecimal))])
  }

  /// Where it comes from; nothing for a folder of somebody's machine.
  private var externalReference: CanonicalJSON? {
    let (type, url): (String, String)
    switch origin {
    case .registry(_, _, let registry, _): (type, url) = ("distribution", registry)
    case .source(.archive(let address), _, _): (type, url) = ("distribution", PackageURL.plain(address))
    case .source(.wellKnown(let site, _), _, _): (type, url) = ("distribution", PackageURL.plain(site))
    case .source(.git(let address, _, _), _, _): (type, url) = ("vcs", address)
    case .source(.path, _, _): return nil
    }
    return .object([("type", .string(type)), ("url", .string(url))])
  }

  private var properties: [CanonicalJSON] {
    var pairs = [("folder", folder.rawValue), ("tree_digest", treeDigest.description)]
    switch origin {
    case .registry(_, _, let registry, let isPrivate):
      pairs.append(("registry", registry))
      if isPrivate { pairs.append(("private", "true")) }
    case .source(let source, let commit, _):
      pairs.append(("source", source.publicText))
      if let commit { pairs.append(("commit", commit)) }
    }
    return pairs.map { key, value in
      .object([("name", .string("agent-mesh:" + key)), ("value", .string(value))])
    }
  }
}
