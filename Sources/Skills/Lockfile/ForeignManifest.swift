/// A `skills.json` that another package manager keeps, `skills-package-manager` (`spm`): a file of the same name with
/// other keys.
///
///     {"installDir": ".agents/skills", "linkTargets": [".claude/skills"],
///      "skills": {"pdf": "https://host/owner/repo.git#main&path:/skills/pdf"}}
package struct ForeignManifest: Hashable, Sendable {
  /// What it is called once ours stands in its place.
  package static let backupName = "skills.json.spm.bak"
  private static let keys = ["installDir", "linkTargets"]

  /// In the order of the file.
  package private(set) var skills: [ForeignSkill] = []
  /// Folders in which its program makes links.
  package private(set) var linkTargets: [String] = []

  /// Reads one, with the lock beside it.
  ///
  /// - Parameter file: What errors call it.
  /// - Throws: `validationError` that names the file, the line and the key.
  package init(reading bytes: [UInt8], file: String, lock: ForeignManifestLock?) throws(MeshError) {
    let top = try StrictFile.readForeign(bytes, name: file)
    for (index, node) in try top.items("linkTargets").enumerated() {
      linkTargets.append(try top.text(of: node, at: ["linkTargets", "[\(index)]"]))
    }
    let patched: Set<String> = try Set(top.object("patchedSkills")?.members.map(\.key) ?? [])
    var seen: Set<String> = []
    for key in ["skills", "dependencies"] {
      guard let list = try top.object(key) else { continue }
      try ForeignSkill.refuseTooMany(list)
      for member in list.members where seen.insert(member.key).inserted {
        let text = try list.text(of: member.value, at: list.path + [member.key])
        skills.append(
          patched.contains(member.key)
            ? ForeignSkill(name: member.key, origin: .other("a patch is laid over it"))
            : Self.skill(member.key, text, lock))
      }
    }
  }

  private static func skill(_ name: String, _ text: String, _ lock: ForeignManifestLock?) -> ForeignSkill {
    guard let specifier = ForeignSpecifier(parsing: text) else {
      return ForeignSkill(name: name, origin: .other("'\(text)' is not written as source#ref&path:/folder"))
    }
    return ForeignSkill(name: name, origin: specifier.origin, commit: lock?.commit(of: name, at: specifier))
  }

  /// Whether a `skills.json` is one.
  package static func isIn(_ bytes: [UInt8]) -> Bool {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let node = JSONNode(reading: Array(bytes.dropFirst(mark))) else { return false }
    return node["format"] == nil && evidence(in: node) != nil
  }

  /// What shows that somebody else's program reads a file without a `format`; nil for what may be ours.
  static func evidence(in node: JSONNode) -> Message? {
    let own = keys.filter { node[$0] != nil }
    if !own.isEmpty { return own.map { "\"\($0)\"" }.joined(separator: " and ") }
    guard case .object(let members)? = node["skills"]?.kind else { return nil }
    let source = members.first { member in
      guard case .string(let text) = member.value.kind else { return false }
      return text.contains("#path:") || text.contains("&path:")
    }
    return source.map { "\"\($0.key, limit: 80)\": \"…#path:…\"" }
  }
}
