import HTTPTransport
import SkillArchive
import Skills

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

  private let site: WellKnownAddress
  private let transport: HTTPTransport
  private let budget: Duration

  /// - Parameter budget: For finding the index.
  init(_ site: String, transport: HTTPTransport, budget: Duration) throws(MeshError) {
    self.budget = budget
    self.site = try WellKnownAddress(parsing: site)
    self.transport = transport
  }

  /// - Parameters:
  ///   - names: Of the entries that alone are fetched; empty, or with a name that the index does not have, for all.
  ///   - isNamed: Whether a name that the index does not have is an error.
  func read(_ names: Set<String>, isNamed: Bool) async throws(MeshError) -> SourceListing {
    let index = try await WellKnownIndex.find(site, transport, budget: budget)
    let wanted = try choose(names, isNamed: isNamed, from: index)
    var listing = SourceListing()
    for refused in index.refused where wanted.count == index.entries.count {
      listing.refuse(refused.place, refused.reason)
    }
    let downloads = DownloadBudget(bytes: Self.totalBytes, requests: Self.totalRequests, time: Self.totalTime)
    for start in stride(from: 0, to: wanted.count, by: Self.width) {
      let group = wanted[start..<min(start + Self.width, wanted.count)]
      for (entry, result) in await together(Array(group), of: index, downloads) {
        listing.add(at: entry.name.rawValue) { () throws(MeshError) in try result.get() }
      }
      if Task.isCancelled { throw MeshError(.cancelled, "the request to \(index.place) was cancelled") }
      if let exhaustion = downloads.exhaustion { throw exhaustion }
    }
    listing.warnOfQuery(in: .wellKnown(site: site.text, name: ""))
    return listing
  }

  private func choose(
    _ names: Set<String>, isNamed: Bool, from index: WellKnownIndex
  ) throws(MeshError) -> [WellKnownDocument.Entry] {
    let unknown = names.subtracting(index.entries.map(\.name.rawValue))
    if unknown.isEmpty, !names.isEmpty { return index.entries.filter { names.contains($0.name.rawValue) } }
    guard isNamed, let first = unknown.min() else { return index.entries }
    if let refused = index.refused.first(where: { $0.place == first }) { throw refused.reason }
    throw MeshError(
      .notFound, "the index \(index.place) has no skill '\(TerminalText.escaped(first, limit: 80))'",
      hint: Self.names(index.entries))
  }

  private func together(
    _ entries: [WellKnownDocument.Entry], of index: WellKnownIndex, _ downloads: DownloadBudget
  ) async -> [(entry: WellKnownDocument.Entry, result: Result<SourcedSkill, MeshError>)] {
    await withTaskGroup(of: (Int, Result<SourcedSkill, MeshError>).self) { group in
      for (number, entry) in entries.enumerated() {
        group.addTask {
          (number, await Result.catching { () async throws(MeshError) in try await skill(entry, of: index, downloads) })
        }
      }
      var results: [Int: Result<SourcedSkill, MeshError>] = [:]
      for await (number, result) in group { results[number] = result }
      return entries.enumerated().compactMap { number, entry in results[number].map { (entry, $0) } }
    }
  }

  private func skill(
    _ entry: WellKnownDocument.Entry, of index: WellKnownIndex, _ downloads: DownloadBudget
  ) async throws(MeshError) -> SourcedSkill {
    let place = SkillLocation(
      source: .wellKnown(site: site.text, name: entry.name.rawValue), folderName: entry.name.rawValue)
    var skill = try FileTree.skill(of: try await files(of: entry, in: index, downloads), at: place)
    // The entry's name decides, whatever the front matter says.
    skill.suggestedFolder = entry.name
    return skill
  }

  private func files(
    of entry: WellKnownDocument.Entry, in index: WellKnownIndex, _ downloads: DownloadBudget
  ) async throws(MeshError) -> [PackedFile] {
    switch entry.content {
    case .markdown(let url, let digest):
      let bytes = try await artifact(
        url, digest, limit: SkillDocument.maximumBytes, of: entry.name, in: index, downloads)
      return [PackedFile(path: .skillMarkdown, bytes: bytes)]
    case .archive(let url, let digest):
      let bytes = try await artifact(url, digest, limit: Self.maximumBytes, of: entry.name, in: index, downloads)
      do {
        return try ForeignArchive.files(of: .bytes(bytes), limits: .standard)
      } catch {
        throw MeshError(error, of: "the archive of '\(entry.name)'")
      }
    case .files(let paths):
      return try await files(paths, of: entry.name, beside: index.place, downloads)
    }
  }

  private func artifact(
    _ reference: String, _ digest: Digest, limit: Int, of name: SkillSlug, in index: WellKnownIndex,
    _ downloads: DownloadBudget
  ) async throws(MeshError) -> [UInt8] {
    let url = try WellKnownAddress.resolve(reference, against: index.place)
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
      throw MeshError(error)
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

extension Result {
  /// The outcome of an asynchronous step.
  fileprivate static func catching(_ body: () async throws(Failure) -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
