import HTTPTypes
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The files of a version: their tree, each on a page, Markdown also as what it means, and each as it is.
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
    return services.pages.tagged(.files, "Files of \(name)@\(record.version)", page, for: visit.visitor)
  }

  func file(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let record = try visit.skill.history.available(call.version())
    let file = VersionFile(skill: visit.skill.history.skill.name, version: record.version, path: try call.filePath())
    guard let entry = try await services.catalog.file(file.path, of: record) else {
      throw MeshError(.notFound, "\(file.skill)@\(file.version) has no file \(file.path)")
    }
    var page = FilePage(entry, of: file.skill, file.version)
    let content = FileContents.Location(entry: entry, archive: record.archiveDigest)
    try await fill(&page, with: content, as: file, of: record, for: call)
    return services.pages.tagged(
      .file, "\(file.path) of \(file.skill)@\(file.version)", page, for: visit.visitor)
  }

  /// As the API sends it, for browsers, which have no token: as text or bytes that nothing runs, but for images.
  ///
  /// A drawing can have scripts: as a page of its own it would be in a sandbox, and it is saved instead.
  func raw(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    var reply = try await FileRoutes(services: services).file(call, visit.skill)
    guard reply.status == .ok, let type = ImageType(ofFile: try call.filePath().string) else { return reply }
    reply.headers[.contentType] = type.rawValue
    if type == .svg { reply.headers[.contentDisposition] = "attachment" }
    return reply
  }

  private func fill(
    _ page: inout FilePage, with content: FileContents.Location, as file: VersionFile, of record: VersionRecord,
    for call: Call
  ) async throws {
    guard FileContents.isSmall(content.entry) else {
      page.obstacle = "This file is too large to show."
      return
    }
    let bytes = try await services.files.whole(content, for: call.client)
    guard TextSample.isText(bytes.readableBytesView) else { return page.showBytes() }
    let text = String(buffer: bytes)
    let isMarkdown = FileView.isMarkdown(file.path.string)
    let wantsSource = call.queryValue(FileView.parameter) == FileView.source.rawValue
    if isMarkdown, !wantsSource,
      let html = try await services.markdown.html(
        of: file, text, in: services.catalog.manifest(of: record), for: call.client)
    {
      page.show(markdown: html, MarkdownParts(text))
    } else {
      page.show(CodeLines(text), isRenderable: isMarkdown && wantsSource)
    }
  }
}
