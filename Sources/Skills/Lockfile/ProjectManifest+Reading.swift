extension ProjectManifest {
  private static let rules = StrictFile.Rules(
    maximumBytes: maximumBytes, format: currentFormat,
    conflictHint: "Keep the lines that you want, delete the marks, and run: agent-mesh skills install",
    foreign: ForeignManifest.evidence(in:))

  /// Reads `skills.json` strictly.
  ///
  /// - Parameter file: What errors call it.
  /// - Throws: `validationError` that names the file, the line and the key; `newerFormat` for one of a newer program.
  package init(reading bytes: [UInt8], file: String = fileName) throws(MeshError) {
    let top = try StrictFile.read(bytes, name: file, rules: Self.rules).top
    try top.allow([
      "$schema", "format", "registry", "registries", "agents", "min_age", "skills", "sources", "pins", "accepted",
    ])
    self.init()
    schema = try top.string("$schema")
    registry = try top.parsed("registry", RegistryAddress.checked)
    registries = try Self.entries(of: top, "registries", AuthorName.init(parsing:), RegistryAddress.checked)
    agents = try Self.agents(in: top)
    minimumAge = try top.parsed("min_age", MinimumAge.init(parsing:))
    skills = try Self.skills(in: top)
    sources = try Self.entries(of: top, "sources", SkillSlug.init(parsing:), SkillSource.init(parsing:))
    try readPins(in: top)
    accepted = try Self.accepted(in: top)
    try refuseSharedFolders(in: top)
  }

  private static func accepted(in top: StrictObject) throws(MeshError) -> [AcceptedFinding] {
    var findings: [AcceptedFinding] = []
    for (index, node) in try top.items("accepted").enumerated() {
      let object = try StrictObject(node, at: ["accepted", "[\(index)]"], in: top.file)
      try object.allow(["skill", "rule", "file", "reason"])
      findings.append(
        AcceptedFinding(
          skill: try object.requiredParsed("skill", AcceptedFinding.skill),
          rule: try object.requiredParsed("rule", AcceptedFinding.rule),
          file: try object.parsed("file", AcceptedFinding.file),
          reason: try object.requiredParsed("reason", AcceptedFinding.reason)))
    }
    return findings
  }

  /// Versions by the names of skills, commits by the folders of git sources.
  private mutating func readPins(in top: StrictObject) throws(MeshError) {
    guard let object = try top.object("pins") else { return }
    for member in object.members {
      let path = object.path + [member.key]
      let text = try object.text(of: member.value, at: path)
      if member.key.contains("/") {
        let name = try object.parsed(member.key, at: member.node, path, SkillName.init(parsing:))
        pins[name] = try object.parsed(text, at: member.value, path, SemanticVersion.init(parsing:))
      } else {
        let folder = try object.parsed(member.key, at: member.node, path, SkillSlug.init(parsing:))
        commits[folder] = try object.parsed(text, at: member.value, path, GitCommit.checked)
      }
    }
  }

  private static func agents(in top: StrictObject) throws(MeshError) -> [String] {
    var agents: [String] = []
    for (index, node) in try top.items("agents").enumerated() {
      let path = ["agents", "[\(index)]"]
      let text = try top.text(of: node, at: path)
      if NameGrammar.fault(in: text, limit: 64) != nil || agents.contains(text) {
        throw top.file.fault(
          at: node, path, "'\(text, limit: 64)' is no name of an agent, or is there twice",
          hint: "agent-mesh skills targets lists the names")
      }
      agents.append(text)
    }
    return agents
  }

  private static func skills(in top: StrictObject) throws(MeshError) -> [SkillName: Wanted] {
    guard let object = try top.object("skills") else {
      throw top.file.fault(at: top.node, ["skills"], "it is missing", hint: "Add \"skills\": {}")
    }
    var skills: [SkillName: Wanted] = [:]
    for member in object.members {
      let path = object.path + [member.key]
      let name = try object.parsed(member.key, at: member.node, path, SkillName.init(parsing:))
      skills[name] = try wanted(member.value, at: path, name, in: top.file)
    }
    return skills
  }

  private static func wanted(
    _ node: JSONNode, at path: [String], _ name: SkillName, in file: StrictFile
  ) throws(MeshError) -> Wanted {
    if case .string(let text) = node.kind {
      do throws(VersionRefusal) {
        return Wanted(range: try range(text))
      } catch {
        throw file.fault(at: node, path, "\(error)", hint: "Correct it in \(file.name)")
      }
    }
    guard case .object = node.kind else {
      throw file.fault(
        at: node, path, "it is \(node.noun), not a range of versions",
        hint: "Write it as \"^1.2\", or as { \"range\": \"^1.2\", \"folder\": \"other\" }")
    }
    let object = try StrictObject(node, at: path, in: file)
    try object.allow(["range", "folder", "registry"])
    let folder = try object.parsed("folder", SkillSlug.init(parsing:))
    return Wanted(
      range: try object.parsed("range", range) ?? nil,
      registry: try object.parsed("registry", RegistryAddress.checked),
      folder: folder == name.slug ? nil : folder)
  }

  /// Nil for `*` and for nothing, which mean any version.
  private static func range(_ text: String) throws(VersionRefusal) -> VersionRange? {
    text == "*" || text.isEmpty ? nil : try VersionRange(parsing: text)
  }

  private static func entries<Key: Hashable, Value, KeyRefusal, ValueRefusal>(
    of top: StrictObject, _ key: String, _ parseKey: (String) throws(KeyRefusal) -> Key,
    _ parseValue: (String) throws(ValueRefusal) -> Value
  ) throws(MeshError) -> [Key: Value]
  where KeyRefusal: Error & CustomStringConvertible, ValueRefusal: Error & CustomStringConvertible {
    guard let object = try top.object(key) else { return [:] }
    var entries: [Key: Value] = [:]
    for member in object.members {
      let path = object.path + [member.key]
      let name = try object.parsed(member.key, at: member.node, path, parseKey)
      let text = try object.text(of: member.value, at: path)
      entries[name] = try object.parsed(text, at: member.value, path, parseValue)
    }
    return entries
  }

  /// A skill of a registry and a source cannot be one folder; two skills of registries are for the plan to judge.
  private func refuseSharedFolders(in top: StrictObject) throws(MeshError) {
    let shared = skills.keys.filter { sources[folder(of: $0)] != nil }
    if let name = shared.min() {
      throw top.file.fault(
        at: top.node, ["sources", folder(of: name).rawValue], "\(name) is installed as this folder, too",
        hint: "Give one of them another folder, such as: \"\(name)\": { \"folder\": \"…\" }")
    }
  }
}
