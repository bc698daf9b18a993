import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// Archives and the raw SKILL.md, of the newest version or of a named one.
///
/// A named version can never change and is cached for good; "the newest" must be asked about every time.
struct DownloadRoutes: Sendable {
  let services: RegistryServices

  func newest(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    return try await archive(history.available(), of: history, caching: .revalidated, for: request)
  }

  func version(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    return try await archive(history.available(context.version()), of: history, caching: .immutable, for: request)
  }

  func newestRaw(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    var response = try await services.file(.skillMarkdown, of: history.available(), in: history, for: request)
    if !history.skill.isPrivate { response.headers[.cacheControl] = Answers.Caching.revalidated.header }
    return response
  }

  func versionRaw(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let history = try await services.visibleSkill(request, context).history
    return try await services.file(.skillMarkdown, of: history.available(context.version()), in: history, for: request)
  }

  private func archive(
    _ record: VersionRecord, of history: SkillHistory, caching: Answers.Caching, for request: Request
  ) async throws -> Response {
    let isTar = request.asksForTar
    let digest = isTar ? record.archiveDigest : try await zip(of: record, in: history)
    let size = isTar ? record.archiveSize : try await zipSize(digest)
    let name = "\(history.skill.name.slug)-\(record.version).\(isTar ? "tar.gz" : "zip")"
    let headers: HTTPFields = [
      .eTag: "\"\(digest.hexadecimal)\"",
      .cacheControl: (history.skill.isPrivate ? .private : caching).header,
      .vary: "Accept",
      .acceptRanges: "bytes",
      .contentType: isTar ? "application/gzip" : "application/zip",
      .contentDisposition: "attachment; filename=\"\(name)\"",
      .skillVersion: record.version.description,
      .archiveDigest: digest.description,
    ]
    return try await services.blob(digest, size: size, headers: headers, for: request)
  }

  private func zipSize(_ digest: Digest) async throws -> Int {
    let blobs = services.store.blobs
    return try await services.blocking { try blobs.open(digest).size }
  }

  /// The zip for older clients, built once from the canonical archive and then kept.
  private func zip(of record: VersionRecord, in history: SkillHistory) async throws -> Digest {
    if let digest = record.zipDigest { return digest }
    let services = services
    let digest = try await services.blocking {
      let source = ArchiveSource.file(services.store.blobs.path(of: record.archiveDigest))
      let zip = try ZipWriter.zip(source, limits: services.limits.archive)
      return try services.store.blobs.keep(zip)
    }
    try await services.store.catalog.recordZip(digest, ofVersion: record.id)
    services.catalog.forget(history.skill.name)
    return digest
  }
}

extension Request {
  /// Older clients do not say what they take; they get a zip.
  fileprivate var asksForTar: Bool {
    guard let accept = headers[.accept]?.lowercased() else { return false }
    let kinds = ["application/gzip", "application/x-gzip", "application/x-tar", "application/x-gtar"]
    return accept.split(separator: ",").contains { item in
      let isRefused = item.filter { $0 != " " }.hasSuffix(";q=0")
      return !isRefused && kinds.contains { item.contains($0) }
    }
  }
}

extension RegistryServices {
  /// A blob, whole, in part, or 304.
  func blob(_ digest: Digest, size: Int, headers: HTTPFields, for request: Request) async throws -> Response {
    var headers = headers
    if let tag = headers[.eTag], Answers.matches(request, tag) {
      headers[.contentType] = nil
      headers[.contentDisposition] = nil
      return Response(status: .notModified, headers: headers)
    }
    switch Self.range(of: request, tag: headers[.eTag], size: size) {
    case .unsatisfiable:
      headers[.contentRange] = "bytes */\(size)"
      headers[.contentType] = nil
      return Response(status: .rangeNotSatisfiable, headers: headers)
    case .part(let range):
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
      return Response(
        status: .partialContent, headers: headers, body: try await body(digest, range: range, size: size))
    case .whole:
      return Response(status: .ok, headers: headers, body: try await body(digest, range: 0..<size, size: size))
    }
  }

  /// `Range` counts for GET alone, and only while `If-Range` still names this content.
  private static func range(of request: Request, tag: String?, size: Int) -> ByteRange {
    guard request.method == .get else { return .whole }
    if let condition = request.headers[.ifRange], condition != tag { return .whole }
    return ByteRange(header: request.headers[.range], size: size)
  }

  private func body(_ digest: Digest, range: Range<Int>, size: Int) async throws -> ResponseBody {
    if let whole = try await blobs.whole(digest, size: size),
      let part = whole.getSlice(at: whole.readerIndex + range.lowerBound, length: range.count)
    {
      return ResponseBody(byteBuffer: part)
    }
    let blobs = blobs
    return ResponseBody(contentLength: range.count) { writer in
      try await blobs.stream(digest, range: range, size: size) { try await writer.write($0) }
      try await writer.finish(nil)
    }
  }
}
