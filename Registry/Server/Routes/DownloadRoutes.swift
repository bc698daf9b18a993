import HTTPTypes
import Hummingbird
import NIOCore
import RegistryStore
import Skills

/// Archives, of the newest version or of a named one: whole, in part, or not at all when the caller has them.
struct DownloadRoutes: Sendable {
  let services: RegistryServices

  func newest(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    try await reply(skill.history.available(), of: skill.history.skill, for: call)
  }

  func version(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    try await reply(skill.history.available(call.version()), of: skill.history.skill, for: call)
  }

  private func reply(_ record: VersionRecord, of skill: SkillRecord, for call: Call) async throws -> Reply {
    let isTar = AcceptedTypes(call.request.headers[.accept]).prefersTar
    let archive =
      isTar
      ? ArchiveContents.Archive(digest: record.archiveDigest, size: record.archiveSize)
      : try await services.archives.zip(of: record, in: skill, for: call.client, call.logger)
    let name = "\(skill.name.slug)-\(record.version).\(isTar ? "tar.gz" : "zip")"
    let tag = archive.digest.entityTag
    var reply = Reply(headers: [
      .eTag: tag,
      .vary: "Accept",
      .acceptRanges: "bytes",
      .skillVersion: record.version.description,
      .archiveDigest: archive.digest.description,
    ])
    if EntityTag.isKnown(tag, to: call.request) {
      reply.status = .notModified
      return reply
    }
    reply.headers[.contentType] = isTar ? "application/gzip" : "application/zip"
    reply.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    switch range(of: archive, tag: tag, for: call) {
    case .whole:
      reply.body = try await body(archive, 0..<archive.size, for: call)
      if call.request.method == .get { services.downloads.count(record) }
    case .part(let range):
      reply.status = .partialContent
      reply.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(archive.size)"
      reply.body = try await body(archive, range, for: call)
    case .unsatisfiable: throw MeshError.rangeNotSatisfiable(size: archive.size)
    }
    return reply
  }

  /// `Range` counts for GET alone, and only while `If-Range` still names this content.
  private func range(of archive: ArchiveContents.Archive, tag: String, for call: Call) -> ByteRange {
    let headers = call.request.headers
    guard call.request.method == .get, headers[.ifRange].map({ $0 == tag }) ?? true else { return .whole }
    return ByteRange(header: headers[.range], size: archive.size)
  }

  private func body(
    _ archive: ArchiveContents.Archive, _ range: Range<Int>, for call: Call
  ) async throws -> Reply.Body {
    let blobs = services.archives.cache
    let (digest, size) = (archive.digest, archive.size)
    let atHand = if let bytes = archive.bytes { bytes } else { try await blobs.whole(digest, size: size) }
    if let atHand, let part = atHand.getSlice(at: atHand.readerIndex + range.lowerBound, length: range.count) {
      return .bytes(part)
    }
    if range != 0..<size { try await blobs.demandIntact(digest, for: call.client) }
    return .stream(length: range.count) { writer in
      try await blobs.stream(digest, range: range, size: size) { try await writer.write($0) }
    }
  }
}
