import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// Archives and the raw SKILL.md, of the newest version or of a named one.
///
/// A named version can never change and is cached for good; "the newest" must be asked about every time.
struct DownloadRoutes: Sendable {
  let services: RegistryServices

  func newest(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    return try await archive(history.available(), of: history, caching: .revalidated, for: request, context.logger)
  }

  func version(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.available(context.version())
    return try await archive(record, of: history, caching: .immutable, for: request, context.logger)
  }

  func newestRaw(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    var response = try await services.file(.skillMarkdown, of: history.available(), in: history, for: request)
    if !history.skill.isPrivate { response.headers[.cacheControl] = Responses.Caching.revalidated.header }
    return response
  }

  func versionRaw(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    return try await services.file(.skillMarkdown, of: history.available(context.version()), in: history, for: request)
  }

  private func archive(
    _ record: VersionRecord, of history: SkillHistory, caching: Responses.Caching, for request: Request,
    _ logger: Logger
  ) async throws -> Response {
    let isTar = AcceptedTypes(request.headers[.accept]).prefersTar
    let content =
      isTar
      ? DownloadContent(digest: record.archiveDigest, size: record.archiveSize)
      : try await zip(of: record, in: history, logger)
    let name = "\(history.skill.name.slug)-\(record.version).\(isTar ? "tar.gz" : "zip")"
    let headers: HTTPFields = [
      .eTag: "\"\(content.digest.hexadecimal)\"",
      .cacheControl: (history.skill.isPrivate ? .private : caching).header,
      .vary: "Accept",
      .acceptRanges: "bytes",
      .contentType: isTar ? "application/gzip" : "application/zip",
      .contentDisposition: "attachment; filename=\"\(name)\"",
      .skillVersion: record.version.description,
      .archiveDigest: content.digest.description,
    ]
    return try await services.answer(content, headers: headers, for: request, logger: logger)
  }

  /// The zip for older clients, built once from the canonical archive and then kept.
  ///
  /// A registry that cannot write builds it every time: reading goes on.
  private func zip(of record: VersionRecord, in history: SkillHistory, _ logger: Logger) async throws -> DownloadContent
  {
    let blobs = services.store.blobs
    if let digest = record.zipDigest {
      return DownloadContent(digest: digest, size: try await services.blocking { try blobs.open(digest).size })
    }
    let archive = StoredArchive(record.archiveDigest, in: blobs, limits: services.limits.archive)
    let zip = try await services.unpacking { try archive.zip() }
    do {
      let digest = try await services.blocking { try blobs.keep(zip) }
      try await services.store.catalog.recordZip(digest, ofVersion: record.id)
      services.catalog.forget(history.skill.name)
    } catch let failure as StoreFailure {
      logger.error("a zip could not be kept", metadata: ["error": "\(failure)"])
    }
    return DownloadContent(digest: Digest(of: zip), size: zip.count, bytes: ByteBuffer(bytes: zip))
  }
}
