import HTTPTypes
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// A skill, its versions, and what of it cannot be had.
struct SkillPages: Sendable {
  let services: RegistryServices

  private static let versionsPerPage = 100

  private struct Versions: Sendable {
    var skillName: String
    var skillPath: String
    var versions: [VersionRow]
    var pager: Pager?
  }

  private struct Unavailable: Sendable {
    var author: String
    var authorPath: String
    var slug: String
    /// Nil for the skill with all its versions.
    var number: String?
    var chips: [String]
    var message: String
    var hint: String?
    var versions: [VersionRow]
    var versionsPath: String
  }

  /// The newest version.
  func skill(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let history = visit.skill.history
    return try await page(call, visit, number: nil) { try history.available() }
  }

  func version(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let (history, version) = (visit.skill.history, try call.version())
    return try await page(call, visit, number: "\(version)") { try history.available(version) }
  }

  func versions(_ call: Call, _ visit: SkillVisit) throws -> Reply {
    let history = visit.skill.history
    let before = try call.cursor("before") { try SemanticVersion(parsing: $0) }
    let rest = history.newestFirst.drop { record in before.map { record.version >= $0 } ?? false }
    let shown = rest.prefix(Self.versionsPerPage)
    let last = rest.count > shown.count ? shown.last?.version.description : nil
    let path = Route.versionsPage.path(of: history.skill.name)
    let page = Versions(
      skillName: "\(history.skill.name)", skillPath: Route.skillPage.path(of: history.skill.name),
      versions: shown.map { VersionRow($0, in: history) },
      pager: Pager(path, isContinued: before != nil, next: last.map { "before=" + PercentEncoding.component($0) }))
    return services.pages.tagged(.versions, "Versions of \(history.skill.name)", page, for: visit.visitor)
  }

  /// The page of a version, or one that says why there is none.
  private func page(
    _ call: Call, _ visit: SkillVisit, number: String?, _ choose: () throws -> VersionRecord
  ) async throws -> Reply {
    let record: VersionRecord
    do {
      record = try choose()
    } catch let refusal as MeshError where [.gone, .quarantined].contains(refusal.code) {
      return unavailable(refusal, number, visit)
    }
    let history = visit.skill.history
    let review = try await services.reviews.review(of: record, for: call.client)
    var page = SkillPage(record, of: history, review)
    if visit.visitor.session?.owns(history.skill) == true {
      page.transferPath = Route.skillTransfer.path(of: history.skill.name)
    }
    page.downloads = try await services.downloads.totals(of: history.skill).sum.grouped
    let dependents = try await services.catalog.dependents(
      of: history.skill, visibleTo: visit.visitor.reader, limit: SkillPage.shownDependents + 1)
    page.show(dependents)
    let text = try await text(review.manifest, of: record, for: call)
    let readme = VersionFile(skill: history.skill.name, version: record.version, path: .skillMarkdown)
    page.readme = try await services.markdown.html(of: readme, text, in: review.manifest, for: call.client)
    if page.readme == nil { page.readmeText = text }
    let title = number.map { "\(history.skill.name)@\($0)" } ?? "\(history.skill.name)"
    return services.pages.tagged(.skill, title, page, for: visit.visitor)
  }

  private func unavailable(_ refusal: MeshError, _ number: String?, _ visit: SkillVisit) -> Reply {
    let history = visit.skill.history
    let name = history.skill.name
    let status = refusal.code == .gone ? "withdrawn" : "quarantined"
    let page = Unavailable(
      author: name.author.rawValue, authorPath: Route.authorPage.path([name.author.rawValue]),
      slug: name.slug.rawValue, number: number, chips: [status] + (history.skill.isPrivate ? ["private"] : []),
      message: refusal.message + ".", hint: refusal.hint,
      versions: history.newestFirst.prefix(SkillPage.shownVersions).map { VersionRow($0, in: history) },
      versionsPath: Route.versionsPage.path(of: name))
    return services.pages.reply(
      .unavailable, "\(name)", page, for: visit.visitor, status: refusal.code.responseStatus)
  }

  /// The text of SKILL.md as it is.
  private func text(_ manifest: FileManifest, of record: VersionRecord, for call: Call) async throws -> String {
    guard let entry = manifest[.skillMarkdown], FileContents.isSmall(entry) else { return "" }
    let file = FileContents.Location(entry: entry, archive: record.archiveDigest)
    return String(buffer: try await services.files.whole(file, for: call.client))
  }
}
