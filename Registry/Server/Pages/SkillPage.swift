import RegistryAPI
import RegistryStore
import Skills

/// One version of a skill: what it is, how to get it, what was found in it, and what it says.
struct SkillPage: Sendable {
  struct ExceededLimit: Sendable {
    var agent: String
    var consequence: String
  }

  struct Dependency: Sendable {
    var dependency: String
    var dependencyPath: String?
  }

  struct Dependent: Sendable {
    var dependent: String
    var dependentPath: String
    var dependentVersion: String
  }

  static let shownDependents = 50
  static let shownFindings = 20
  static let shownFiles = 12
  static let shownVersions = 6

  var author: String
  var authorPath: String
  var slug: String
  var version: VersionRow
  var chips: [String]
  /// What to know before anything else; nil for nothing.
  var notice: String?
  /// To the version that new installs get, where this is another one.
  var newestPath: String?
  var summary: String
  var command: String
  /// SKILL.md as HTML; nil where it is shown as it is.
  var readme: String?
  var readmeText: String?
  var archive: String
  /// Of all versions.
  var downloads = ""
  var dependencies: [Dependency]
  var dependents: [Dependent] = []
  /// How many are shown; nil where these are all.
  var dependentLimit: Int?
  var versions: [VersionRow]
  var versionsPath: String
  var filesPath: String
  /// Where its owners give it to somebody else; nil for everybody else.
  var transferPath: String?

  // What looking through the files has shown.
  var isUnreviewed: Bool
  var hasNoFindings = false
  var findingCount: String?
  var findings: [FindingRow] = []
  var license: String?
  var contentSize: String
  var cost: String?
  var agentsWithinLimits: String?
  var exceededLimits: [ExceededLimit] = []
  var compatibility: String?
  var runs: [RunRow] = []
  var moreRuns: Int?
  var runsNothing = false
  var files: [FileNode]

  init(_ record: VersionRecord, of history: SkillHistory, _ review: VersionReview) {
    let name = history.skill.name
    let isNewest = record.id == history.skill.newestVersionID
    author = name.author.rawValue
    authorPath = Route.authorPage.path([name.author.rawValue])
    slug = name.slug.rawValue
    let row = VersionRow(record, in: history)
    version = row
    chips = row.chips + (history.skill.isPrivate ? ["private"] : [])
    notice = record.yank.map(Self.notice)
    newestPath = isNewest ? nil : Route.skillPage.path(of: name)
    summary = record.description
    command = "agent-mesh skills install \(name)" + (isNewest ? "" : "@\(record.version)")
    archive = "\(record.archiveDigest)"
    dependencies = record.dependencies.map(Self.dependency)
    versions = history.newestFirst.prefix(Self.shownVersions).map { VersionRow($0, in: history) }
    versionsPath = Route.versionsPage.path(of: name)
    filesPath = Route.filesPage.path(of: name, version: record.version)
    contentSize = review.manifest.totalSize.counted("byte")
    let paths = VersionPaths(of: name, record.version)
    files = review.manifest.entries.prefix(Self.shownFiles).map { FileNode($0) { paths.page(of: $0.string) } }
    license = review.license
    isUnreviewed = review.preview == nil
    if let preview = review.preview {
      show(preview) { file, line in
        guard let path = try? SkillPath(parsing: file), review.manifest[path] != nil else { return nil }
        return paths.page(of: path.string, line: line)
      }
    }
  }

  /// - Parameter found: One more than is shown tells that there are more.
  mutating func show(_ found: [FoundSkill]) {
    dependents = found.prefix(Self.shownDependents).map { hit in
      Dependent(
        dependent: "\(hit.skill.name)", dependentPath: Route.skillPage.path(of: hit.skill.name),
        dependentVersion: hit.version)
    }
    dependentLimit = found.count > Self.shownDependents ? Self.shownDependents : nil
  }

  /// - Parameter path: The page of a file at a line; nil where there is no such file.
  private mutating func show(_ preview: SkillPreview, at path: (String, Int?) -> String?) {
    let risks = preview.risks.map { FindingRow($0, at: path) }
    let all = risks + preview.findings.map { FindingRow($0, at: path) }
    hasNoFindings = all.isEmpty
    findings = Array(all.prefix(Self.shownFindings))
    if !all.isEmpty {
      let count = all.count.counted("finding")
      findingCount = all.count > findings.count ? "\(findings.count) of \(count)" : count
    }
    let tokens = preview.cost
    cost = "\(tokens.descriptionTokens.counted("token")) always, \(tokens.bodyTokens.counted("token")) once it is used"
    let fits = tokens.limits.filter { !$0.isExceeded }.map(\.agent)
    agentsWithinLimits = fits.isEmpty ? nil : fits.joined(separator: ", ")
    exceededLimits = tokens.limits.filter(\.isExceeded).map { limit in
      let size = "\(limit.characters.grouped) of \(limit.limit.grouped) characters"
      return ExceededLimit(agent: limit.agent, consequence: "\(limit.consequence): its description has \(size)")
    }
    compatibility = preview.compatibility
    let rows = RunRow.all(in: preview, at: path)
    runs = Array(rows.prefix(Self.shownFindings))
    moreRuns = rows.count > runs.count ? rows.count - runs.count : nil
    runsNothing = rows.isEmpty
  }

  private static func notice(_ yank: Yank) -> String {
    let reason = yank.reason.map { ": \($0)" } ?? ""
    return "Yanked by its author on \(PageTime(yank.since).day)\(reason). "
      + "New installs skip this version; projects that have it in their lockfile keep it."
  }

  private static func dependency(_ text: String) -> Dependency {
    let path = (try? SkillReference(parsing: text)).map { Route.skillPage.path(of: $0.name) }
    return Dependency(dependency: text, dependencyPath: path)
  }
}
