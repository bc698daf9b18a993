import HTTPTypes
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The files of a version: their tree, each on a page, and each as it is.
struct FilePages: Sendable {
  let services: RegistryServices

  private static let filesPerPage = 500

  private struct Files: Sendable {
    var skillName: String
    var number: String
    var versionPath: String
    var nodes: [FileNode]
    var pager: Pager?
  }

  private struct File: Sendable {
    var skillName: String
    var number: String
    var versionPath: String
    var filesPath: String
    var filePath: String
    var fileSize: String
    var isRunnable: Bool
    var digest: String
    var rawPath: String
    /// The lines as HTML; nil for a file that is not shown.
    var code: String?
    var isCut = false
    var lineCount = ""
    /// Why it is not shown.
    var obstacle: String?
  }

  func list(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let record = try visit.skill.history.available(call.version())
    let name = visit.skill.history.skill.name
    let entries = try await services.catalog.manifest(of: record).entries
    let after = try call.cursor("after") { try SkillPath(parsing: $0) }
    let rest = entries.drop { entry in after.map { entry.path <= $0 } ?? false }
    let shown = rest.prefix(Self.filesPerPage)
    let last = rest.count > shown.count ? shown.last?.path.string : nil
    let page = Files(
      skillName: "\(name)", number: "\(record.version)",
      versionPath: Route.versionPage.path(of: name, version: record.version),
      nodes: FileNode.tree(of: shown) { Route.filePage.path(of: name, version: record.version, file: $0) },
      pager: Pager(
        Route.filesPage.path(of: name, version: record.version), isContinued: after != nil,
        next: last.map { "after=" + PercentEncoding.component($0) }))
    return services.pages.tagged(.files, "Files of \(name)@\(record.version)", page, for: visit.visitor, call)
  }

  func file(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let record = try visit.skill.history.available(call.version())
    let name = visit.skill.history.skill.name
    let path = try call.filePath()
    guard let entry = try await services.catalog.file(path, of: record) else {
      throw MeshError(.notFound, "\(name)@\(record.version) has no file \(path)")
    }
    var page = File(
      skillName: "\(name)", number: "\(record.version)",
      versionPath: Route.versionPage.path(of: name, version: record.version),
      filesPath: Route.filesPage.path(of: name, version: record.version), filePath: path.string,
      fileSize: entry.size.counted("byte"), isRunnable: entry.isExecutable, digest: "\(entry.digest)",
      rawPath: Route.rawPage.path(of: name, version: record.version, file: path))
    try await fill(&page, with: FileContents.Location(entry: entry, archive: record.archiveDigest), for: call)
    return services.pages.tagged(
      .file, "\(path) of \(name)@\(record.version)", page, for: visit.visitor, call)
  }

  /// As the API sends it, for browsers, which have no token: as text or bytes that nothing runs.
  func raw(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    try await FileRoutes(services: services).file(call, visit.skill)
  }

  private func fill(_ page: inout File, with file: FileContents.Location, for call: Call) async throws {
    guard FileContents.isSmall(file.entry) else {
      page.obstacle = "The file is too large for a page."
      return
    }
    let content = try await services.files.whole(file, for: call.client)
    guard TextSample.isText(content.readableBytesView) else {
      page.obstacle = "The file is no text."
      return
    }
    let lines = CodeLines(String(buffer: content))
    page.code = lines.html
    page.isCut = lines.isCut
    page.lineCount = lines.count.counted("line")
  }
}
