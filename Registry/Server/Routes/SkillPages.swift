import Foundation
import HTTPTypes
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The front page, a page for each skill, and the files that all pages share.
struct SkillPages: Sendable {
  let services: RegistryServices

  private struct Hit: Sendable {
    var skillName: String
    var skillPath: String
    var skillVersion: String
    var summary: String
  }

  private struct Home: Sendable {
    var query: String
    var hits: [Hit]
    var isSearch: Bool
    var isEmpty: Bool
  }

  private struct Author: Sendable {
    var authorName: String
    var hits: [Hit]
    var isEmpty: Bool
  }

  private struct Version: Sendable {
    var number: String
    var status: String
    var publishedAt: String
    var size: String
  }

  private struct File: Sendable {
    var path: String
    var filePath: String
    var size: String
  }

  private struct Skill: Sendable {
    var author: String
    var slug: String
    var newest: Version
    var summary: String
    var isPrivate: Bool
    var command: String
    /// As HTML; nil where it is shown as it is.
    var readme: String?
    var readmeText: String?
    var versions: [Version]
    var files: [File]
  }

  func home(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let text = String(call.parameters["q"] ?? "")
    guard text.unicodeScalars.count <= SearchResponse.maximumQueryCharacters else {
      throw MeshError(
        .validationError, "a search has at most \(SearchResponse.maximumQueryCharacters) characters",
        hint: "Search for fewer words.")
    }
    let hits = try await hits(text, of: nil, limit: 20, visitor)
    let home = Home(query: text, hits: hits, isSearch: !text.isEmpty, isEmpty: hits.isEmpty)
    return services.pages.reply(.home, text.isEmpty ? "Skills" : "Search", home, for: visitor)
  }

  /// An author and what there is of theirs; a former name leads to the present one (RFC 9110, section 15.4.9).
  func author(_ call: Call, _ visitor: Visitor) async throws -> Reply {
    let name = try call.authorName()
    switch try await services.accounts.owner(of: name) {
    case nil: throw MeshError(.notFound, "there is no author \(name)")
    case .moved(let other):
      return Reply(status: .permanentRedirect, headers: [.location: Route.authorPage.path([other.rawValue])])
    case .author, .deleted:
      let hits = try await hits("", of: name, limit: SearchResponse.maximumResults, visitor)
      let page = Author(authorName: name.rawValue, hits: hits, isEmpty: hits.isEmpty)
      return services.pages.reply(.author, name.rawValue, page, for: visitor)
    }
  }

  private func hits(_ query: String, of owner: AuthorName?, limit: Int, _ visitor: Visitor) async throws -> [Hit] {
    let scope = SearchScope(reader: visitor.payer, owner: owner, limit: limit)
    return try await services.catalog.search(SearchQuery(query), in: scope).map { hit in
      Hit(
        skillName: "\(hit.skill.name)", skillPath: Route.skillPage.path(of: hit.skill.name),
        skillVersion: hit.version, summary: hit.description)
    }
  }

  func skill(_ call: Call, _ visit: SkillVisit) async throws -> Reply {
    let history = visit.skill.history
    let record = try history.available()
    let manifest = try await services.catalog.manifest(of: record)
    let name = history.skill.name
    let text = try await text(manifest, of: record, for: call)
    let readme = try await services.readmes.html(of: record, for: call.client) { Array(text.utf8) }
    let page = Skill(
      author: "\(name.author)", slug: "\(name.slug)", newest: Self.version(record), summary: record.description,
      isPrivate: history.skill.isPrivate, command: "agent-mesh skills install \(name)",
      readme: readme, readmeText: readme == nil ? text : nil,
      versions: history.versions.sorted { $0.version > $1.version }.map(Self.version),
      files: manifest.entries.map { entry in
        File(
          path: entry.path.string, filePath: Route.file.path(of: name, version: record.version, file: entry.path),
          size: Self.size(entry.size))
      })
    return services.pages.reply(.skill, "\(name)", page, for: visit.visitor)
  }

  func asset(_ call: Call, _ visitor: Visitor) throws -> Reply {
    let name = try call.part("file")
    guard let asset = Asset.all.first(where: { $0.name == name }) else {
      throw MeshError(.notFound, "there is no such file")
    }
    return Reply(
      headers: [.contentType: asset.type, .xContentTypeOptions: "nosniff"], body: .bytes(asset.bytes))
  }

  /// The text of SKILL.md as it is.
  private func text(_ manifest: FileManifest, of record: VersionRecord, for call: Call) async throws -> String {
    guard let entry = manifest[.skillMarkdown], FileContents.isSmall(entry) else { return "" }
    let file = FileContents.Location(entry: entry, archive: record.archiveDigest)
    return String(buffer: try await services.files.whole(file, for: call.client))
  }

  private static func version(_ record: VersionRecord) -> Version {
    Version(
      number: "\(record.version)", status: VersionStatus(record).rawValue,
      publishedAt: record.publishedAt.ISO8601Format(), size: size(record.archiveSize))
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1_024 ? "\(bytes) bytes" : "\((bytes + 1_023) / 1_024) KiB"
  }
}
