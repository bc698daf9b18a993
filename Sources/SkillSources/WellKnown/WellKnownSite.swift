import HTTPTransport
import SkillArchive
import Skills
import TransportErrors

/// Skills that a site announces in its index.
struct WellKnownSite: Sendable {
  /// Of one entry, whether it is one archive or many files.
  static let maximumBytes = 50 << 20
  /// Of all entries that are read together.
  static let totalBytes = 200 << 20
  static let totalRequests = 2_000
  static let totalTime = Duration.seconds(300)
  /// Requests at once.
  private static let width = 8

  private let index: WellKnownIndex
  private let transport: HTTPTransport

  init(_ index: WellKnownIndex, transport: HTTPTransport) {
    self.index = index
    self.transport = transport
  }

  /// - Parameters:
  ///   - names: Of the entries that alone are fetched; empty, or with a name that the index does not have, for all.
  ///   - isNamed: Whether a name that the index does not have is an error.
  func read(_ names: Set<String>, isNamed: Bool) async throws(MeshError) -> FoundSkills {
    let wanted = try choose(names, isNamed: isNamed)
    var found = FoundSkills()
    for refused in index.refused where wanted.count == index.entries.count {
      found.refuse(refused.location, refused.reason)
    }
    let downloads = DownloadBudget(bytes: Self.totalBytes, requests: Self.totalRequests, time: Self.totalTime)
    for start in stride(from: 0, to: wanted.count, by: Self.width) {
      let group = wanted[start..<min(start + Self.width, wanted.count)]
      for (entry, result) in await together(Array(group), downloads) {
        found.add(at: entry.name.rawValue) { () throws(MeshError) in try result.get() }
      }
      if Task.isCancelled { throw MeshError(.cancelled, "the request to \(index.url) was cancelled") }
      if let exhaustion = downloads.exhaustion { throw exhaustion }
    }
    found.warnOfQuery(in: .wellKnown(site: index.site, name: ""))
    return found
  }

  private func choose(_ names: Set<String>, isNamed: Bool) throws(MeshError) -> [WellKnownDocument.Entry] {
    let unknown = names.subtracting(index.entries.map(\.name.rawValue))
    if unknown.isEmpty, !names.isEmpty { return index.entries.filter { names.contains($0.name.rawValue) } }
    guard isNamed, let first = unknown.min() else { return index.entries }
    if let refused = index.refused.first(where: { $0.location == first }) { throw refused.reason }
    throw MeshError(
      .notFound, "the index \(index.url) has no skill '\(first, limit: 80)'",
      hint: Self.names(index.entries))
  }

  private func together(
    _ entries: [WellKnownDocument.Entry], _ downloads: DownloadBudget
  ) async -> [(entry: WellKnownDocument.Entry, result: Result<FoundSkill, MeshError>)] {
    await withTaskGroup(of: (Int, Result<FoundSkill, MeshError>).self) { group in
      for (number, entry) in entries.enumerated() {
        group.addTask {
          (number, await Result.catching { () async throws(MeshError) in try await skill(entry, downloads) })
        }
      }
      var results: [Int: Result<FoundSkill, MeshError>] = [:]
      for await (number, result) in group { results[number] = result }
      return entries.enumerated().compactMap { number, entry in results[number].map { (entry, $0) } }
    }
  }

  private func skill(
    _ entry: WellKnownDocument.Entry, _ downloads: DownloadBudget
  ) async throws(MeshError) -> FoundSkill {
    let name = entry.name.rawValue
    let location = SkillLocation(source: .wellKnown(site: index.site, name: name), path: name, folderName: name)
    var skill = try FoundSkill(try await contents(of: entry, downloads), at: location)
    // The entry's name decides, whatever the front matter says.
    skill.suggestedFolder = entry.name
    return skill
  }

  private func contents(
    of entry: WellKnownDocument.Entry, _ downloads: DownloadBudget
  ) async throws(MeshError) -> SkillContents {
    switch entry.content {
    case .markdown(let url, let digest):
      let bytes = try await artifact(url, digest, limit: SkillDocument.maximumBytes, of: entry.name, downloads)
      return SkillContents(skillMarkdown: bytes)
    case .archive(let url, let digest):
      let bytes = try await artifact(url, digest, limit: Self.maximumBytes, of: entry.name, downloads)
      do {
        return try ForeignArchive.skill(in: .bytes(bytes), limits: .standard)
      } catch {
        throw error.meshError(of: "the archive of '\(entry.name)'")
      }
    case .files(let paths):
      let files = try await files(paths, of: entry.name, beside: index.url, downloads)
      do {
        return try SkillContents(files)
      } catch {
        throw error.meshError(of: "the skill '\(entry.name)'")
      }
    }
  }

  private func artifact(
    _ reference: String, _ digest: Digest, limit: Int, of name: SkillSlug, _ downloads: DownloadBudget
  ) async throws(MeshError) -> [UInt8] {
    let url = try WellKnownAddress.resolve(reference, against: index.url)
    let bytes = try await get(url, limit: limit, downloads).bytes
    let found = Digest(of: bytes)
    guard found == digest else {
      throw MeshError(
        .integrityError, "'\(name)' from \(url) is not what the index says: \(digest) is announced, \(found) was sent")
    }
    return bytes
  }

  /// All of the files, or none: a skill is complete or it is no skill.
  private func files(
    _ paths: [String], of name: SkillSlug, beside document: HTTPURL, _ downloads: DownloadBudget
  ) async throws(MeshError) -> [PackedFile] {
    var files: [PackedFile] = []
    var left = Self.maximumBytes
    for start in stride(from: 0, to: paths.count, by: Self.width) {
      let group = paths[start..<min(start + Self.width, paths.count)]
      for file in try await together(Array(group), of: name, beside: document, limit: left, downloads) {
        left -= file.bytes.count
        guard left >= 0 else {
          throw MeshError(.payloadTooLarge, "the files of '\(name)' have more than \(Self.maximumBytes) bytes")
        }
        files.append(file)
      }
    }
    return files
  }

  private func together(
    _ paths: [String], of name: SkillSlug, beside document: HTTPURL, limit: Int,
    _ downloads: DownloadBudget
  ) async throws(MeshError) -> [PackedFile] {
    let results = await withTaskGroup(of: Result<PackedFile, MeshError>.self) { group in
      for path in paths {
        group.addTask {
          await Result.catching { () async throws(MeshError) in
            try await file(path, of: name, beside: document, limit: limit, downloads)
          }
        }
      }
      var results: [Result<PackedFile, MeshError>] = []
      for await result in group {
        if case .failure = result { group.cancelAll() }
        results.append(result)
      }
      return results
    }
    // The first failure is the reason; the others are only its consequence.
    var files: [PackedFile] = []
    for result in results { files.append(try result.get()) }
    return files
  }

  private func file(
    _ path: String, of name: SkillSlug, beside document: HTTPURL, limit: Int,
    _ downloads: DownloadBudget
  ) async throws(MeshError) -> PackedFile {
    let url = try WellKnownAddress.file(path, of: name, beside: document)
    let response = try await get(url, limit: max(limit, 1), downloads)
    guard response.origin == document.origin else {
      throw MeshError(.integrityError, "\(url) is sent elsewhere, to \(response.origin)")
    }
    do {
      return PackedFile(path: try SkillPath(parsing: path), bytes: response.bytes)
    } catch {
      throw MeshError(.archiveRefused, "\(error)")
    }
  }

  /// The bytes as they are sent: nothing on the way may unpack them, because they have a digest.
  private func get(
    _ url: HTTPURL, limit: Int, _ downloads: DownloadBudget
  ) async throws(MeshError) -> (bytes: [UInt8], origin: Origin) {
    let granted = try downloads.begin(limit)
    var request = HTTPRequest(.get, url)
    request.timeouts.total = min(granted.time, .seconds(120))
    let (head, bytes): (ResponseHead, [UInt8]?)
    do {
      let response = try await transport.stream(request)
      head = response.head
      bytes = head.isSuccess ? try await response.body.collect(limit: granted.bytes) : nil
    } catch {
      throw error.meshError
    }
    guard let bytes else {
      throw MeshError(
        [404, 410].contains(head.status) ? .notFound : .networkError, "\(url) answered with status \(head.status)")
    }
    try downloads.spend(bytes.count)
    return (bytes, head.url.origin)
  }

  private static func names(_ entries: [WellKnownDocument.Entry]) -> Message {
    "It has \(entries.prefix(20).map(\.name.rawValue).joined(separator: ", "), limit: 1_000)."
  }
}
