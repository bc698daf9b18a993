import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The versions of a skill and the files in them.
struct VersionRoutes: Sendable {
  let services: RegistryServices

  func list(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let sorted = history.versions.sorted { $0.version > $1.version }
    return try Responses.json(VersionList(versions: sorted.map(VersionSummary.init)), of: history.skill, for: request)
  }

  func show(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.known(context.version())
    var summary = VersionSummary(record)
    summary.url = Route.versionDownload.path(of: history.skill.name, version: record.version)
    return try Responses.json(summary, of: history.skill, for: request)
  }

  func unpublish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.ownedSkill(request, context).history
    let name = history.skill.name
    let version = try history.known(context.version()).version
    let count = try await services.store.catalog.withdraw(name, version: version, at: services.now())
    services.catalog.forget(name)
    return try Responses.json(
      Confirmation("\(name)@\(version) \(count == 0 ? "was withdrawn before" : "withdrawn")"))
  }

  func files(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.available(context.version())
    let manifest = try await services.store.catalog.manifest(ofVersion: record.id)
    return try Responses.json(
      FileList(version: record.version.description, manifest: manifest), of: history.skill, for: request)
  }

  func file(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    let record = try history.available(context.version())
    return try await services.file(try context.filePath(), of: record, in: history, for: request)
  }
}

extension RegistryServices {
  /// One file of a version, as plain text or bytes that no browser runs.
  ///
  /// Whether there is anything to send is known from the list of files alone; the archive is read for nothing else.
  func file(
    _ path: SkillPath, of record: VersionRecord, in history: SkillHistory, for request: Request
  ) async throws -> Response {
    guard let entry = try await store.catalog.manifest(ofVersion: record.id)[path] else {
      throw MeshError(.notFound, "\(history.skill.name)@\(record.version) has no file \(path)")
    }
    let caching = history.skill.isPrivate ? Responses.Caching.private : .immutable
    var headers: HTTPFields = [
      .eTag: "\"\(entry.digest.hexadecimal)\"", .cacheControl: caching.header,
      .contentSecurityPolicy: "default-src 'none'; sandbox", .xContentTypeOptions: "nosniff",
    ]
    if Responses.matches(request, headers[.eTag] ?? "") { return Response(status: .notModified, headers: headers) }
    let known = blobs[entry.digest]
    headers[.contentType] = path == .skillMarkdown ? Self.markdown : known.map(Self.mediaType)
    if request.method == .head {
      headers[.contentLength] = "\(entry.size)"
      return Response(status: .ok, headers: headers)
    }
    let content = if let known { known } else { try await contents(of: entry, in: record.archiveDigest) }
    if headers[.contentType] == nil { headers[.contentType] = Self.mediaType(of: content) }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: content))
  }

  private func contents(of entry: FileManifest.Entry, in archive: Digest) async throws -> ByteBuffer {
    let archive = StoredArchive(archive, in: store.blobs, limits: limits.archive)
    let blobs = blobs
    return try await unpacking {
      // Somebody may have asked for the same just before.
      if let known = blobs[entry.digest] { return known }
      let content = ByteBuffer(bytes: try archive.contents(of: entry))
      blobs.keep(content, as: entry.digest)
      return content
    }
  }

  private static let markdown = "text/markdown; charset=utf-8"

  /// Plain text for text, opaque bytes for the rest.
  private static func mediaType(of content: ByteBuffer) -> String {
    let bytes = content.readableBytesView
    let isText = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    return isText ? "text/plain; charset=utf-8" : "application/octet-stream"
  }
}
