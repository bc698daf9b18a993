import ArgumentParser
import SkillInstaller
import Skills

/// `skills outdated`: what updating would bring, and what there is beyond.
struct Outdated: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "outdated",
    abstract: "Show which skills have newer versions or other names, and which are yanked, withdrawn or quarantined.",
    discussion: """
      Wanted is what an update moves to: the newest version in the ranges of skills.json and of the skills that need \
      it, or the pinned one. Latest is the newest of all. Versions that are younger than --min-age (24h, or min_age of \
      skills.json or of the configuration) are marked as too new. Each registry is asked once.

      Exit status 0 whatever is found. With --check 1 when something newer may be taken (what is pinned or too new \
      does not count), and else 8 when a registry could not say.
      """)

  @Flag(help: "Exit with status 1 when something is outdated.")
  var check = false

  @Option(help: "Mark versions that are younger as too new, such as 0, 24h or 3d.")
  var minAge: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> OutdatedReport {
    mesh.prepare(network)
    let place = try mesh.workplace(project.path, project.scope, network)
    let age = try mesh.minimumAge(minAge, place.manifest, isUnattended: true)
    try mesh.refuseNoProject(place.targets)
    let rows = try await place.installer.outlook(InstallOptions(minimumAge: age))
    return OutdatedReport(rows, isCheck: check)
  }
}

struct OutdatedReport: Report {
  let outdated: Int
  let skills: [VersionOutlook]
  /// Folders of skills that are in no registry: only an update, or its trial, asks their sources.
  let unasked: [String]

  private let isCheck: Bool

  enum CodingKeys: String, CodingKey {
    case outdated, skills, unasked
  }

  init(_ skills: [VersionOutlook], isCheck: Bool) {
    self.skills = skills
    self.isCheck = isCheck
    outdated = skills.count(where: \.isOutdated)
    unasked = skills.filter { !$0.isInRegistry }.map(\.folder)
  }

  var status: ExitStatus {
    guard isCheck else { return .success }
    return outdated > 0 ? .failure : skills.contains { $0.error != nil } ? .partial : .success
  }

  func text(_ style: Style) -> Message {
    if skills.isEmpty { return "Nothing is installed here." }
    let shown = skills.filter(\.isWorthShowing)
    let rest = skills.count - shown.count
    let others = "\(rest) \(shown.isEmpty ? "" : "other ")skill\(rest == 1 ? "" : "s")"
    let asked = skills.count - unasked.count
    let names = unasked.joined(separator: ", ")
    let note: Message? =
      unasked.isEmpty
      ? nil : "Not asked, being in no registry: \(names, limit: .max). Try: agent-mesh skills update --dry-run"
    if shown.isEmpty {
      let state: Message? = asked == 0 ? nil : "Everything is up to date: \(others)."
      return [state, note].compactMap(\.self).joined(separator: "\n")
    }
    var table = Table(["SKILL", "CURRENT", "WANTED", "LATEST", "NOTES"])
    for row in shown {
      let latest = (row.latest ?? "-") + (row.latestIsTooNew ? " (too new)" : "")
      table.add([row.reference, row.current ?? "-", row.wanted ?? "-", latest, row.notes])
    }
    let more: Message? = rest > 0 ? "\(others) up to date." : nil
    return [table.text(style), more, note].compactMap(\.self).joined(separator: "\n")
  }
}

extension VersionOutlook {
  fileprivate var isInRegistry: Bool { (try? SkillName(parsing: reference)) != nil }

  fileprivate var isWorthShowing: Bool {
    isOutdated || error != nil || renamedTo != nil || tooNew != nil || latestIsTooNew
      || (status ?? "published") != "published" || (latest ?? current) != current
  }

  fileprivate var notes: String {
    var notes: [String] = []
    if isPinned { notes.append("pinned") }
    if let renamedTo { notes.append("is called \(renamedTo) now") }
    if let tooNew, tooNew != latest { notes.append("\(tooNew) is too new") }
    if let status, status != "published" { notes.append(status + (reason.map { ": \($0)" } ?? "")) }
    if let message { notes.append(message) }
    return notes.joined(separator: "; ")
  }
}
