import HTTPTypes
import NIOCore
import RegistryStore
import Skills

/// Single files of a version, as plain text or bytes that no browser runs.
struct FileRoutes: Sendable {
  let services: RegistryServices

  func file(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    let record = try skill.history.available(call.version())
    return try await reply(try call.filePath(), of: record, in: skill.history, for: call)
  }

  func newestRaw(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    try await reply(.skillMarkdown, of: skill.history.available(), in: skill.history, for: call)
  }

  func versionRaw(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    try await reply(.skillMarkdown, of: skill.history.available(call.version()), in: skill.history, for: call)
  }

  /// Whether there is anything to send is known from the row of the file alone; the archive is read for nothing else.
  private func reply(
    _ path: SkillPath, of record: VersionRecord, in history: SkillHistory, for call: Call
  ) async throws -> Reply {
    guard let entry = try await services.catalog.file(path, of: record) else {
      throw MeshError(.notFound, "\(history.skill.name)@\(record.version) has no file \(path)")
    }
    let tag = entry.digest.entityTag
    var reply = Reply(headers: [.eTag: tag, .contentSecurityPolicy: "default-src 'none'; sandbox"])
    if EntityTag.isKnown(tag, to: call.request) {
      reply.status = .notModified
      return reply
    }
    if path == .skillMarkdown { reply.headers[.contentType] = "text/markdown; charset=utf-8" }
    if call.request.method == .head {
      reply.headers[.contentLength] = "\(entry.size)"
      return reply
    }
    try await fill(&reply, with: FileContents.Location(entry: entry, archive: record.archiveDigest), for: call)
    return reply
  }

  /// The body, and the type of what has none yet.
  private func fill(_ reply: inout Reply, with file: FileContents.Location, for call: Call) async throws {
    let isText: Bool
    if FileContents.isSmall(file.entry) {
      let content = try await services.files.whole(file, for: call.client)
      isText = TextSample.isText(content.readableBytesView)
      reply.body = .bytes(content)
    } else {
      isText = try await services.files.examine(file, for: call.client)
      let (files, client) = (services.files, call.client)
      reply.body = .stream(length: file.entry.size) { writer in
        try await files.stream(file, for: client) { try await writer.write($0) }
      }
    }
    if reply.headers[.contentType] == nil {
      reply.headers[.contentType] = isText ? "text/plain; charset=utf-8" : "application/octet-stream"
    }
  }
}
