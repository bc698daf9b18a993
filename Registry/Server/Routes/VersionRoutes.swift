import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// The versions of a skill and the files in them.
struct VersionRoutes: Sendable {
  let services: RegistryServices

  func list(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let sorted = history.versions.sorted { $0.version > $1.version }
    return try Answers.json(VersionList(versions: sorted.map(VersionSummary.init)))
  }

  func show(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.known(context.version())
    var summary = VersionSummary(record)
    summary.url = Route.versionDownload.path(of: history.skill.name, version: record.version)
    return try Answers.json(summary)
  }

  func unpublish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.ownedSkill(request, context).history
    let name = history.skill.name
    let version = try history.known(context.version()).version
    let count = try await services.store.catalog.withdraw(name, version: version, at: services.now())
    services.catalog.forget(name)
    return try Answers.json(
      Confirmation("\(name)@\(version) \(count == 0 ? "was withdrawn before" : "withdrawn")"))
  }

  func files(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.available(context.version())
    let manifest = try await services.store.catalog.manifest(ofVersion: record.id)
    return try Answers.json(FileList(version: record.version.description, manifest: manifest))
  }

  func file(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.available(context.version())
    return try await services.file(try context.filePath(), of: record, in: history, for: request)
  }
}

extension RegistryServices {
  /// One file of a version, as plain text or bytes that no browser runs.
  func file(
    _ path: SkillPath, of record: VersionRecord, in history: SkillHistory, for request: Request
  ) async throws -> Response {
    let manifest = try await store.catalog.manifest(ofVersion: record.id)
    guard let entry = manifest[path] else {
      throw MeshError(.notFound, "\(history.skill.name)@\(record.version) has no file \(path)")
    }
    let source = ArchiveSource.file(store.blobs.path(of: record.archiveDigest))
    let limits = limits.archive
    let bytes = try await blocking { try ArchiveWalk.contents(of: path, in: source, limits: limits) }
    guard let bytes, Digest(of: bytes) == entry.digest else {
      throw StoreFailure.corrupt("blob \(record.archiveDigest)")
    }
    var response = Answers.tagged(
      ByteBuffer(bytes: bytes), type: Self.mediaType(of: path, bytes), tag: "\"\(entry.digest.hexadecimal)\"",
      caching: history.skill.isPrivate ? .private : .immutable, for: request)
    response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    response.headers[.xContentTypeOptions] = "nosniff"
    return response
  }

  /// Markdown for SKILL.md, plain text for other text, opaque bytes for the rest.
  private static func mediaType(of path: SkillPath, _ bytes: [UInt8]) -> String {
    if path == .skillMarkdown { return "text/markdown; charset=utf-8" }
    let isText = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    return isText ? "text/plain; charset=utf-8" : "application/octet-stream"
  }
}
