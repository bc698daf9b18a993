import SkillInstaller
import Skills

/// One skill as an answer shows it.
struct SkillAnswer: Encodable, Sendable {
  /// Nil for a skill that is in no registry.
  let author: String?
  let slug: String
  let name: String
  let version: String?
  let isPrivate: Bool
  let source: String?

  init(_ skill: LockedSkill) {
    author = skill.name?.author.rawValue
    slug = skill.name?.slug.rawValue ?? skill.folder.rawValue
    name = slug
    version = skill.version
    isPrivate = skill.isPrivate
    source = skill.source?.description
  }
}

/// What installing did, or would do.
struct InstallReport: Report {
  struct Item: Encodable, Sendable {
    let action: PlannedStep.Action
    let skill: SkillAnswer
    let installedTo: String
    let filesCount: Int
    let digest: Digest
    let treeDigest: TreeDigest
    /// Folders from which agents reach the skill.
    let agents: [String]
    let backups: [String]
    let previousVersion: String?
    /// What the skill says that it needs around it.
    let compatibility: String?

    init(_ item: InstalledItem) {
      action = item.action
      skill = SkillAnswer(item.skill)
      installedTo = item.folder
      filesCount = item.fileCount
      digest = item.skill.digest
      treeDigest = item.skill.treeDigest
      agents = [Agent.sharedFolder] + item.links
      backups = item.backups
      previousVersion = item.previousVersion
      compatibility = item.compatibility
    }
  }

  private let items: [Item]
  private let removed: [String]
  private let remaining: [RemoveReport.Kept]
  /// What stays although its registry no longer serves it.
  private let withdrawn: [String]
  /// What was asked for and is there as it is wanted.
  private let alreadyInstalled: [LockedSkill]
  private let kept: Int
  /// Of what was chosen: yanked versions, with the reasons of their authors.
  private let yanked: [Yanked]
  private let reviews: [SkillReview]
  private let planned: [PlannedStep]?
  /// Whether `skills.json` or `skills.lock` change.
  private let writesFiles: Bool

  private struct Yanked: Encodable {
    let skill: String
    let reason: String
  }

  init(_ outcome: ChangeOutcome) {
    self.init(
      outcome.plan, outcome.items.map(Item.init), removed: outcome.removed.map(\.rawValue), planned: nil)
  }

  init(_ plan: ChangePlan) {
    self.init(plan, [], removed: [], planned: plan.changingSteps)
  }

  private init(_ plan: ChangePlan, _ items: [Item], removed: [String], planned: [PlannedStep]?) {
    self.items = items
    self.removed = removed
    self.planned = planned
    remaining = plan.kept
    writesFiles = plan.writesFiles
    withdrawn = plan.notices.withdrawn.map(\.title)
    alreadyInstalled = plan.alreadyInstalled
    kept = plan.steps.count { $0.action == .keep }
    yanked = plan.changingSteps.compactMap { step in step.yanked.map { Yanked(skill: step.title, reason: $0) } }
    reviews = plan.reviews
  }

  enum CodingKeys: String, CodingKey {
    case success, installed, planned, removed, kept, withdrawn, unchanged, yanked, reviews
    case alreadyInstalled, writesFiles
  }

  /// A single skill stands at the top level, where older scripts look; `installed` has all.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    try container.encode(kept, forKey: .unchanged)
    if !alreadyInstalled.isEmpty { try container.encode(true, forKey: .alreadyInstalled) }
    if !yanked.isEmpty { try container.encode(yanked, forKey: .yanked) }
    if !reviews.isEmpty { try container.encode(reviews.map(ReviewAnswer.init), forKey: .reviews) }
    if !remaining.isEmpty { try container.encode(remaining, forKey: .kept) }
    if let planned {
      try container.encode(writesFiles, forKey: .writesFiles)
      return try container.encode(planned, forKey: .planned)
    }
    try items.first?.encode(to: encoder)
    try container.encode(items, forKey: .installed)
    if !removed.isEmpty { try container.encode(removed, forKey: .removed) }
    if !withdrawn.isEmpty { try container.encode(withdrawn, forKey: .withdrawn) }
  }

  var isAction: Bool { planned == nil }

  func text(_ style: Style) -> Message {
    if let planned { return text(planned, style) }
    var lines = items.count > Self.mostLines ? [summary(style)] : items.map { Self.text($0, style) }
    lines += removed.map { "Removed \($0), which nothing needs any more." }
    lines += alreadyInstalled.map { "\(style.bold(Message($0.title))) is installed already." }
    let rest = kept - alreadyInstalled.count
    if rest > 0 {
      let skills = "\(rest) skill\(rest == 1 ? "" : "s")"
      lines.append(lines.isEmpty ? "Everything is installed: \(skills)." : "\(skills) unchanged.")
    }
    return lines.isEmpty ? "There is nothing to install." : lines.joined(separator: "\n")
  }

  /// More skills than that are counted instead of listed.
  static let mostLines = 20

  private func summary(_ style: Style) -> Message {
    let updated = items.count { $0.action == .update }
    let counts = [(items.count - updated, "installed"), (updated, "updated")].filter { $0.0 > 0 }
    let files = items.reduce(0) { $0 + $1.filesCount }
    let kinds: String = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let total = style.bold("\(items.count) skills")
    return """
      \(total) in \(Agent.sharedFolder): \(kinds); \(files) files. To list them:
        agent-mesh skills installed
      """
  }

  private func text(_ planned: [PlannedStep], _ style: Style) -> Message {
    if planned.isEmpty {
      return writesFiles
        ? "Only \(ProjectManifest.fileName) or \(Lockfile.fileName) would change." : "Nothing would change."
    }
    var lines = planned.map { step -> Message in
      let from = step.previousVersion.map { step.action == .remove ? "" : " (now \($0))" } ?? ""
      let yanked = step.yanked.map { $0.isEmpty ? ", yanked by its author" : ", yanked by its author: \($0)" } ?? ""
      return "would \(step.action.rawValue) \(step.title)\(from) in \(step.folder)\(yanked, limit: .max)"
    }
    let shown = ReviewDisplay(reviews: reviews, columns: 100, style: style).text
    if !shown.isEmpty { lines.append(shown) }
    return lines.joined(separator: "\n")
  }

  private static func text(_ item: Item, _ style: Style) -> Message {
    let base = item.skill.author.map { "\($0)/\(item.skill.slug)" } ?? item.skill.slug
    let name = style.bold(Message(base + (item.skill.version.map { "@\($0)" } ?? "")))
    let files = "\(item.filesCount) file\(item.filesCount == 1 ? "" : "s")"
    let links = item.agents.count > 1 ? ", linked from \(item.agents.dropFirst().joined(separator: ", "))" : ""
    let verb = item.action == .update ? "Updated to" : "Installed"
    let made: Message = item.compatibility.map { "\n  Made for: \($0, limit: 500)" } ?? ""
    return "\(verb) \(name) (\(files)) in \(item.installedTo)\(links, limit: .max).\(made)"
  }
}
