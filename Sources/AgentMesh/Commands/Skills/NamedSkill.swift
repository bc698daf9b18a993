import ArgumentParser
import SkillInstaller
import Skills

/// One installed skill.
struct NamedSkill: ParsableArguments {
  @Argument(
    help: "The skill, by its folder's name or as author/slug.", completion: .custom(Completions.installed))
  var skill: String
}

extension Mesh {
  /// What is locked, and what is recorded in folders that no lock speaks of.
  func known(in targets: InstallTargets) throws -> Lockfile {
    try Examination(of: targets).known()
  }

  /// Whether the current project, or the user, has a folder of that name among its skills.
  func isHere(_ slug: SkillSlug, _ scope: ScopeOption) throws -> Bool {
    Project.isFolder(try place(nil, scope).sharedFolder.appending(slug.rawValue).string)
  }

  /// The folders that a person means who names skills: as `author/slug`, by the folder itself, also one that we did not
  /// make, or by the slug of a skill that has another folder.
  ///
  /// What is installed is looked at once, however many are named.
  ///
  /// - Throws: `notInstalled` for a reference of which nothing is here, also when only another author's skill of that
  ///   slug is.
  func folders(named words: [String], in targets: InstallTargets) throws -> [SkillSlug] {
    guard !words.isEmpty else { return [] }
    let examination = try Examination(of: targets)
    // Folders that are locked are known without the record of every installed skill.
    if let lock = examination.readLock {
      let slugs = words.compactMap { word in (try? SkillSlug(parsing: word)).flatMap { lock[$0]?.folder } }
      if slugs.count == words.count { return slugs }
    }
    let known = try examination.known()
    let present = Set(examination.installed.map(\.slug))
    return try words.map { word in
      if word.contains("/") { return try known.skill(named: SkillName(parsing: word).description).folder }
      let slug = try SkillSlug(parsing: word)
      return present.contains(word) ? slug : (known.skill(of: slug)?.folder ?? slug)
    }
  }
}

extension Lockfile {
  /// The skill that a person means: by the name of its folder, as `author/slug`, or by its slug alone.
  ///
  /// - Throws: `notInstalled` when there is none, also when only another author's is there.
  func skill(named word: String) throws -> LockedSkill {
    if word.contains("/") {
      let name = try SkillReference(parsing: word).name
      if let skill = self[name] { return skill }
      let other: Message = self[name.slug].map { ", and '\($0.folder)' is \($0.reference)" } ?? ""
      throw Self.missing("\(name) is not installed here\(other)")
    }
    let slug = try SkillSlug(parsing: word)
    if let skill = skill(of: slug) { return skill }
    throw Self.missing("\(slug) is not installed here")
  }

  /// The skill in a folder, or else the one whose own name that is.
  func skill(of slug: SkillSlug) -> LockedSkill? { self[slug] ?? skills.first { $0.name?.slug == slug } }

  private static func missing(_ message: Message) -> MeshError {
    MeshError(.notInstalled, message, hint: "See what is installed: agent-mesh skills installed")
  }
}

extension LockedSkill {
  /// The reference with the version, where there is one.
  var shown: String { [reference, version].compactMap(\.self).joined(separator: "@") }

  /// The version, or where there is none the beginning of the digest of the files.
  var shownVersion: String { version ?? String(treeDigest.description.prefix(15)) }
}
