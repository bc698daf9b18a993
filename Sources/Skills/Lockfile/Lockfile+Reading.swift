extension Lockfile {
  private static let rules = StrictFile.Rules(
    maximumBytes: maximumBytes, format: currentFormat,
    conflictHint: "Settle skills.json first, take either side of this file, and run: agent-mesh skills install")

  /// Reads `skills.lock` strictly.
  ///
  /// - Parameter file: What errors call it.
  /// - Throws: `validationError` that names the file, the line and the key; `newerFormat` for one of a newer program.
  package init(reading bytes: [UInt8], file: String = fileName) throws(MeshError) {
    let (file, top) = try StrictFile.read(bytes, name: file, rules: Self.rules)
    try top.allow(["format", "skills"])
    let list = try top.required("skills")
    let items = try top.items("skills")
    guard items.count <= Self.maximumSkills else {
      throw file.fault(
        at: list, ["skills"], "it lists \(items.count) skills, and may list \(Self.maximumSkills)",
        hint: "Split the project, or restore the file")
    }
    var skills: [LockedSkill] = []
    var folders: Set<SkillSlug> = []
    var names: Set<SkillName> = []
    for (index, item) in items.enumerated() {
      let object = try StrictObject(item, at: ["skills", "[\(index)]"], in: file)
      let skill = try LockedSkill(reading: object)
      guard folders.insert(skill.folder).inserted else {
        throw Self.twice(object, "folder", "two skills are locked as the folder '\(skill.folder)'")
      }
      if let name = skill.name, !names.insert(name).inserted {
        throw Self.twice(object, "name", "\(name) is locked twice")
      }
      skills.append(skill)
    }
    self.init(skills)
  }

  private static func twice(_ object: StrictObject, _ key: String, _ reason: Message) -> MeshError {
    object.file.fault(
      at: object.node, object.path + [key], reason,
      hint: "Delete one of the two blocks, and run: agent-mesh skills install")
  }
}
