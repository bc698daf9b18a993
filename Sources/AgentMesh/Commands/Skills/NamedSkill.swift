import ArgumentParser
import SkillInstaller
import Skills

/// One installed skill, and where.
struct NamedSkill: ParsableArguments {
  @Argument(
    help: "The skill, by its folder's name or as author/slug.", completion: .custom(Completions.installed))
  var skill: String

  @Argument(help: "The folder of the project.")
  var path = "."
}

extension Mesh {
  /// What is installed: by the lock, or by the records in the folders where there is none.
  func lock(of targets: InstallTargets) throws -> Lockfile {
    if let lock = try SkillInstaller.lock(in: targets) { return lock }
    return Lockfile(try SkillInstaller.installed(in: targets).compactMap { $0.mark?.locked })
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
      let other = self[name.slug].map { ", and '\($0.folder)' is \(TerminalText.escaped($0.reference))" } ?? ""
      throw Self.missing("\(name) is not installed here\(other)")
    }
    let slug = try SkillSlug(parsing: word)
    if let skill = self[slug] ?? skills.first(where: { $0.name?.slug == slug }) { return skill }
    throw Self.missing("\(slug) is not installed here")
  }

  private static func missing(_ message: String) -> MeshError {
    MeshError(.notInstalled, message, hint: "See: agent-mesh skills installed.")
  }
}

extension LockedSkill {
  /// For a person; safe to show.
  var shown: String { TerminalText.escaped([reference, version].compactMap(\.self).joined(separator: "@")) }
}
