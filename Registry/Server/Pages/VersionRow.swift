import RegistryAPI
import RegistryStore
import Skills

/// A version in a list of them, to be had or not.
struct VersionRow: Sendable {
  var number: String
  var versionPath: String
  /// What is said of it in single words, of which the stylesheet knows each.
  var chips: [String]
  var published: PageTime
  var size: String
  var fileCount: String
  /// Why it was yanked or blocked, where somebody has said so.
  var versionReason: String?

  init(_ record: VersionRecord, in history: SkillHistory) {
    number = "\(record.version)"
    versionPath = Route.versionPage.path(of: history.skill.name, version: record.version)
    chips = Self.chips(of: record, in: history)
    published = PageTime(record.publishedAt)
    size = record.archiveSize.counted("byte")
    fileCount = record.fileCount.counted("file")
    versionReason = record.quarantine?.reason ?? record.yank?.reason
  }

  private static func chips(of record: VersionRecord, in history: SkillHistory) -> [String] {
    var chips: [String] = []
    if record.id == history.skill.newestVersionID { chips.append("latest") }
    if record.version.isPrerelease { chips.append("pre-release") }
    switch VersionStatus(record) {
    case .published: break
    case .yanked: chips.append("yanked")
    case .withdrawn: chips.append("withdrawn")
    case .quarantined: chips.append("quarantined")
    }
    return chips
  }
}
