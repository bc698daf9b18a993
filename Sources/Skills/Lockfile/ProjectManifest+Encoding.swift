extension ProjectManifest {
  /// The file in its canonical form: the same manifest gives the same bytes.
  package var encoded: [UInt8] {
    var members: [(key: String, value: CanonicalJSON)] = []
    if let schema { members.append(("$schema", .string(schema))) }
    members.append(("format", .integer(Self.currentFormat)))
    if let registry { members.append(("registry", .string(registry))) }
    if !registries.isEmpty { members.append(("registries", Self.object(registries) { .string($1) })) }
    if !agents.isEmpty { members.append(("agents", .array(agents.map(CanonicalJSON.string)))) }
    if let minimumAge { members.append(("min_age", .string(minimumAge.description))) }
    members.append(("skills", Self.object(skills, Self.json)))
    if !sources.isEmpty { members.append(("sources", Self.object(sources) { .string($1.description) })) }
    if !pins.isEmpty || !commits.isEmpty { members.append(("pins", .object(pinned))) }
    if !accepted.isEmpty { members.append(("accepted", .array(accepted.map(Self.json)))) }
    return CanonicalJSON.object(members).bytes
  }

  private static func json(_ finding: AcceptedFinding) -> CanonicalJSON {
    var members: [(key: String, value: CanonicalJSON)] = [
      ("skill", .string(finding.skill)), ("rule", .string(finding.rule)),
    ]
    if let file = finding.file { members.append(("file", .string(file))) }
    members.append(("reason", .string(finding.reason)))
    return .object(members)
  }

  /// Versions by the names of skills, then commits by the folders of sources.
  private var pinned: [(key: String, value: CanonicalJSON)] {
    let versions = pins.sorted { $0.key < $1.key }.map { (key: $0.description, value: $1.description) }
    let others = commits.sorted { $0.key < $1.key }.map { (key: $0.rawValue, value: $1) }
    return (versions + others).map { (key: $0.key, value: .string($0.value)) }
  }

  private static func object<Key: Comparable & CustomStringConvertible, Value>(
    _ entries: [Key: Value], _ json: (Key, Value) -> CanonicalJSON
  ) -> CanonicalJSON {
    .object(entries.sorted { $0.key < $1.key }.map { ($0.key.description, json($0.key, $0.value)) })
  }

  /// A range alone is a text; anything else beside it makes it an object.
  private static func json(_ name: SkillName, _ wanted: Wanted) -> CanonicalJSON {
    let range = CanonicalJSON.string(wanted.range?.description ?? "*")
    let folder = wanted.folder == name.slug ? nil : wanted.folder
    guard folder != nil || wanted.registry != nil else { return range }
    var members: [(key: String, value: CanonicalJSON)] = [("range", range)]
    if let folder { members.append(("folder", .string(folder.rawValue))) }
    if let registry = wanted.registry { members.append(("registry", .string(registry))) }
    return .object(members)
  }
}
