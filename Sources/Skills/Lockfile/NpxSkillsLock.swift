/// `skills-lock.json`, in which `npx skills` writes down what it has installed into a project.
///
///     {"version": 1, "skills": {"pdf": {"source": "owner/repo", "sourceType": "github", "ref": "main",
///      "skillPath": "skills/pdf/SKILL.md", "computedHash": "<64 hex>"}}}
///
/// `ref`, `skillPath`, `computedHash` and `sourceUrl` (the address of `git`, `gitlab` and `well-known`) may be missing;
/// keys that are not known are passed over.
package enum NpxSkillsLock {
  package static let fileName = "skills-lock.json"
  private static let version = 1

  /// - Parameter file: What errors call it.
  /// - Returns: In the order of the file.
  /// - Throws: `validationError` that names the file, the line and the key.
  package static func skills(in bytes: [UInt8], file: String) throws(MeshError) -> [ForeignSkill] {
    let top = try StrictFile.readForeign(bytes, name: file)
    let number = try top.required("version")
    guard number.integer == version else {
      throw top.file.fault(
        at: number, ["version"], "it is not \(version), which alone is known",
        hint: "To write down the skills that lie here instead: agent-mesh skills import .agents/skills")
    }
    let list = try StrictObject(try top.required("skills"), at: ["skills"], in: top.file)
    try ForeignSkill.refuseTooMany(list)
    var skills: [ForeignSkill] = []
    for member in list.members {
      let entry = try StrictObject(member.value, at: list.path + [member.key], in: list.file)
      let hash = try entry.parsed("computedHash", Self.hash) ?? nil
      skills.append(ForeignSkill(name: member.key, origin: try origin(of: entry), hash: hash))
    }
    return skills
  }

  private static func origin(of entry: StrictObject) throws(MeshError) -> ForeignSkill.Origin {
    let source = try entry.requiredString("source")
    let address = try entry.string("sourceUrl") ?? source
    let ref = try entry.string("ref")
    let folder = try entry.string("skillPath").flatMap(Self.folder(ofMainFile:))
    switch try entry.requiredString("sourceType") {
    case "github":
      return .repository(address: ForeignSkill.address(source) ?? "github:" + source, ref: ref, folder: folder)
    case "git", "gitlab":
      guard let url = ForeignSkill.address(address) else { return .other("'\(address)' names no host") }
      return .repository(address: url, ref: ref, folder: folder)
    case "local": return .path(ForeignSkill.path(source))
    case "well-known": return .site(address.contains("://") ? address : "https://" + address)
    case "node_modules": return .other("it comes from a package of npm")
    case let type: return .other("its source type '\(type, limit: 80)' is not known")
    }
  }

  /// The folder of a main file.
  private static func folder(ofMainFile path: String) -> String? {
    guard let name = path.split(separator: "/").last, name.lowercased() == "skill.md" else {
      return ForeignSkill.folder(path)
    }
    return ForeignSkill.folder(String(path.dropLast(name.count)))
  }

  /// Nil for an empty text, which stands for none.
  private static func hash(_ text: String) throws(NameRefusal) -> Digest? {
    if text.isEmpty { return nil }
    if let digest = Digest(text) { return digest }
    throw NameRefusal(kind: "a hash", text: text, reason: "it is not 64 digits of 0-9 a-f")
  }
}
