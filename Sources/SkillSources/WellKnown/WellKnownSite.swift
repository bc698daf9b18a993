import HTTPTransport
import SkillArchive
import Skills

/// Skills that a site announces in its index.
struct WellKnownSite: Sendable {
  /// Of one entry, whether it is one archive or many files.
  static let maximumBytes = 50 << 20
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

  /// - Parameter name: Of the one entry that is wanted; nil for all.
  func read(_ name: String?) async throws(MeshError) -> SourceListing {
    let index = try await WellKnownIndex.find(site, transport, budget: budget)
    let wanted = index.entries.filter { name == nil || $0.name.rawValue == name }
    if let name, wanted.isEmpty {
      throw MeshError(
        .notFound, "the index \(index.place) has no skill '\(TerminalText.escaped(name, limit: 80))'",
        hint: Self.names(index.entries))
    }
    var listing = SourceListing()
    for start in stride(from: 0, to: wanted.count, by: Self.width) {
      let group = wanted[start..<min(start + Self.width, wanted.count)]
      for (entry, result) in await together(Array(group), of: index) {
        listing.add(at: entry.name.rawValue) { () throws(MeshError) in try result.get() }
      }
    }
    if Task.isCancelled { throw MeshError(.cancelled, "the request to \(index.place) was cancelled") }
    return listing
  }

  private func together(
    _ entries: [WellKnownDocument.Entry], of index: WellKnownIndex
  ) async -> [(entry: WellKnownDocument.Entry, result: Result<SourcedSkill, MeshError>)] {
    await withTaskGroup(of: (Int, Result<SourcedSkill, MeshError>).self) { group in
      for (number, entry) in entries.enumerated() {
        group.addTask {
          (number, await Result.catching { () async throws(MeshError) in try await skill(entry, of: index) })
        }
      }
      var results: [Int: Result<SourcedSkill, MeshError>] = [:]
      for await (number, result) in group { results[number] = result }
      return entries.enumerated().compactMap { number, entry in results[number].map { (entry, $0) } }
    }
  }

  private func skill(
    _ entry: WellKnownDocument.Entry, of index: WellKnownIndex
  ) async throws(MeshError) -> SourcedSkill {
    let place = SkillPlace(
      source: .wellKnown(site: site.text, name: entry.name.rawValue), folderName: entry.name.rawValue)
    var skill = try FileTree.skill(of: try await files(of: entry, in: index), at: place)
    // The entry's name decides, whatever the front matter says.
    skill.suggestedFolder = entry.name
    return skill
  }

  private func files(
    of entry: WellKnownDocument.Entry, in index: WellKnownIndex
  ) async throws(MeshError) -> [PackedFile] {
    switch entry.content {
    case .markdown(let url, let digest):
      let bytes = try await artifact(url, digest, limit: SkillDocument.maximumBytes, of: entry.name, in: index)
      return [PackedFile(path: .skillMarkdown, bytes: bytes)]
    case .archive(let url, let digest):
      let bytes = try await artifact(url, digest, limit: Self.maximumBytes, of: entry.name, in: index)
      do {
        return try ForeignArchive.files(of: .bytes(bytes), limits: .standard)
      } catch {
        throw MeshError(error, of: "the archive of '\(entry.name)'")
      }
    case .files(let paths):
      return try await files(paths, of: entry.name, beside: index.place)
    }
  }

  private func artifact(
    _ reference: String, _ digest: Digest, limit: Int, of name: SkillSlug, in index: WellKnownIndex
  ) async throws(MeshError) -> [UInt8] {
    let url = try WellKnownAddress.resolve(reference, against: index.origin)
    let bytes = try await get(url, limit: limit).bytes
    let found = Digest(of: bytes)
    guard found == digest else {
      throw MeshError(
        .integrityError, "'\(name)' from \(url) is not what the index says: \(digest) is announced, \(found) was sent")
    }
    return bytes
  }

  /// All of the files, or none: a skill is complete or it is no skill.
  private func files(
    _ paths: [String], of name: SkillSlug, beside document: HTTPURL
  ) async throws(MeshError) -> [PackedFile] {
    var files: [PackedFile] = []
    var left = Self.maximumBytes
    for start in stride(from: 0, to: paths.count, by: Self.width) {
      let group = paths[start..<min(start + Self.width, paths.count)]
      for file in try await together(Array(group), of: name, beside: document, limit: left) {
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
    _ paths: [String], of name: SkillSlug, beside document: HTTPURL, limit: Int
  ) async throws(MeshError) -> [PackedFile] {
    let results = await withTaskGroup(of: Result<PackedFile, MeshError>.self) { group in
      for path in paths {
        group.addTask {
          await Result.catching { () async throws(MeshError) in
            try await file(path, of: name, beside: document, limit: limit)
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
    _ path: String, of name: SkillSlug, beside document: HTTPURL, limit: Int
  ) async throws(MeshError) -> PackedFile {
    let url = try WellKnownAddress.file(path, of: name, beside: document)
    let response = try await get(url, limit: max(limit, 1))
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
  private func get(_ url: HTTPURL, limit: Int) async throws(MeshError) -> (bytes: [UInt8], origin: Origin) {
    var request = HTTPRequest(.get, url)
    request.timeouts.total = .seconds(120)
    let status: Int
    do {
      let response = try await transport.stream(request)
      status = response.status
      if response.head.isSuccess {
        return (try await response.body.collect(limit: limit), response.head.url.origin)
      }
    } catch {
      throw MeshError(error)
    }
    throw MeshError(
      [404, 410].contains(status) ? .notFound : .networkError, "\(url) answered with status \(status)")
  }

  private static func names(_ entries: [WellKnownDocument.Entry]) -> String {
    "It has \(entries.prefix(20).map(\.name.rawValue).joined(separator: ", "))."
  }
}

extension Result {
  /// The outcome of an asynchronous step.
  fileprivate static func catching(_ body: () async throws(Failure) -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
