import SkillInstaller
import Skills

/// What was written down, or would be.
struct AdoptionReport: Report {
  struct Imported: Encodable, Sendable {
    let slug: String
    let reference: String
    let version: String?
    let treeDigest: TreeDigest
  }

  let success = true
  let imported: [Imported]
  /// Skills that were written down before.
  let known: Int
  let skipped: [UnmanagedSkills.Skipped]
  let dryRun: Bool

  init(_ adoption: Adoption, found: Int, _ skipped: [UnmanagedSkills.Skipped], isPlan: Bool) {
    imported = adoption.skills.map {
      Imported(slug: $0.folder.rawValue, reference: $0.reference, version: $0.version, treeDigest: $0.treeDigest)
    }
    known = found - imported.count
    self.skipped = skipped
    dryRun = isPlan
  }

  var isAction: Bool { !dryRun }

  func text(_ style: Style) -> Message {
    if imported.isEmpty { return Self.nothingNew(beside: known) }
    var table = Table(["SKILL", "VERSION", "FROM"])
    for skill in imported { table.add([skill.slug, skill.version ?? "-", skill.reference]) }
    let count = "\(imported.count) skill\(imported.count == 1 ? "" : "s")"
    let verb = dryRun ? "Would write \(count)" : "Wrote \(count)"
    return table.text(style) + "\n\(verb) into \(ProjectManifest.fileName) and \(Lockfile.fileName)."
  }

  /// What is said when no skill is left to import.
  static func nothingNew(beside known: Int) -> Message {
    if known == 0 { return "There are no skills to import." }
    return "Nothing new: \(known) skill\(known == 1 ? " is" : "s are") written down already."
  }
}
