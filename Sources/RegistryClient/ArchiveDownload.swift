import FileSystem
import HTTPTransport
import RegistryAPI
import Skills
import Synchronization
import SystemPackage

extension RegistryClient {
  /// The archive of one version: from the cache, else from the registry, and kept in the cache then.
  ///
  /// Size and SHA-256 are checked before anybody looks inside, wherever it comes from.
  ///
  /// - Parameters:
  ///   - scratch: A path where a large archive may be written; nothing is there yet.
  ///   - progress: Called with the number of bytes so far.
  /// - Throws: `integrityError` when the bytes are not those that were promised. Nothing is left behind then. `offline`
  ///   when they are not in the cache and no request may be made.
  package func fetch(
    _ name: SkillName, _ number: SemanticVersion, digest: Digest, size: Int, scratch: String,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> FetchedArchive {
    if let found = try cache?.archive(digest, size: size) {
      progress(size)
      return Self.held(found, by: scratch)
    }
    if isOffline { throw Self.notCached("\(name)@\(number)") }
    let download = ArchiveDownload(
      client: self, name: name, number: number, digest: digest, size: size, scratch: scratch, progress: progress)
    let fetched = try await download.run()
    switch fetched {
    case .bytes(let bytes): cache?.store(bytes, as: digest)
    case .file(let path): cache?.adopt(file: path, as: digest)
    }
    return fetched
  }

  /// A file of the cache under a second name where that is possible, so that whoever cleans the cache meanwhile does
  /// not take it away.
  private static func held(_ archive: FetchedArchive, by scratch: String) -> FetchedArchive {
    guard case .file(let path) = archive else { return archive }
    do throws(FileError) {
      let file = try OpenFile<FileError>.open(FilePath(path), followsLink: false)
      let entry = try Entry<FileError>.at(scratch)
      return try entry.directory.makeName(entry.name, of: file) ? .file(scratch) : archive
    } catch {
      return archive
    }
  }

  static func notCached(_ what: Message) -> MeshError {
    MeshError(.offline, "\(what) is not in the cache", hint: "Run it once without --offline.")
  }
}

/// One archive on its way from the registry: what it must turn out to be, and where it goes.
private struct ArchiveDownload {
  /// Bytes of an answer that is no archive: it says more than the smallest archive has bytes.
  private static let errorLimit = 64 << 10

  let client: RegistryClient
  let name: SkillName
  let number: SemanticVersion
  let digest: Digest
  let size: Int
  let scratch: String
  let progress: @Sendable (Int) -> Void

  func run() async throws -> FetchedArchive {
    var request = try client.makeRequest(.get, Route.versionDownload.path(of: name, version: number))
    request.headers["Accept"] = "application/gzip"
    request.expectedSize = size
    request.responseLimit = max(size, Self.errorLimit)
    request.timeouts = client.timeouts.allowing(transferOf: size)
    return try await size <= FetchedArchive.smallSize ? bytes(request) : file(request)
  }

  private func bytes(_ request: HTTPRequest) async throws -> FetchedArchive {
    let response = try await client.send(request)
    try check(Digest(of: response.body))
    progress(response.body.count)
    return .bytes(response.body)
  }

  private func file(_ request: HTTPRequest) async throws -> FetchedArchive {
    let hasher = Mutex(Digest.Hasher())
    let plan = DownloadPlan(
      to: .newFile(path: scratch), expectedSize: size, limit: size,
      observing: { buffer in hasher.withLock { $0.update(buffer) } }, reporting: progress)
    try await client.download(request, plan)
    do {
      try check(hasher.withLock { $0.finalize() })
    } catch {
      if let entry = try? Entry<FileError>.at(scratch) { try? entry.directory.removeFile(entry.name) }
      throw error
    }
    return .file(scratch)
  }

  private func check(_ found: Digest) throws(MeshError) {
    guard found == digest else {
      throw MeshError(
        .integrityError, "the archive of \(name)@\(number) is \(found), not the \(digest) that was promised",
        hint:
          "Nothing was installed. Restore skills.lock if it was edited by hand; otherwise the registry, or something "
          + "on the way to it, is broken or hostile.")
    }
  }
}

extension Entry<FileError> {
  fileprivate static func at(_ path: String) throws(FileError) -> Entry<FileError> {
    let path = FilePath(path)
    let directory = try Directory<FileError>.open(path.removingLastComponent())
    return Entry(directory: directory, name: path.lastComponent?.string ?? "")
  }
}
