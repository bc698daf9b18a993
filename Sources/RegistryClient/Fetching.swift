import Foundation
import HTTPTransport
import RegistryAPI
import Skills
import Synchronization

/// An archive whose digest has been checked: in memory when it is small, else in a file.
package enum FetchedArchive: Sendable {
  case bytes([UInt8])
  case file(String)
}

extension RegistryClient {
  /// Archives up to this size are never written to disk.
  package static let smallArchive = 1 << 20

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
    let fetched = try await download(
      Wanted(name: name, number: number, digest: digest, size: size), scratch: scratch, progress)
    switch fetched {
    case .bytes(let bytes): cache?.store(bytes, as: digest)
    case .file(let path): cache?.adopt(file: path, as: digest)
    }
    return fetched
  }

  /// As `fetch(_:_:digest:size:scratch:progress:)`, with digest and size from the index.
  package func fetch(
    _ name: SkillName, _ version: IndexDocument.Version, number: SemanticVersion, scratch: String,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> FetchedArchive {
    try await fetch(
      name, number, digest: version.digest, size: version.size, scratch: scratch, progress: progress)
  }

  /// What a version must turn out to be.
  private struct Wanted {
    var name: SkillName
    var number: SemanticVersion
    var digest: Digest
    var size: Int
  }

  /// A file of the cache under a second name where that is possible, so that whoever cleans the cache meanwhile does not
  /// take it away.
  private static func held(_ archive: FetchedArchive, by scratch: String) -> FetchedArchive {
    guard case .file(let path) = archive, link(path, scratch) == 0 else { return archive }
    return .file(scratch)
  }

  /// Bytes of an answer that is no archive.
  private static let refusalLimit = 64 << 10

  static func notCached(_ what: Message) -> MeshError {
    MeshError(.offline, "\(what) is not in the cache", hint: "Run it once without --offline.")
  }

  private func download(
    _ wanted: Wanted, scratch: String, _ progress: @escaping @Sendable (Int) -> Void
  ) async throws -> FetchedArchive {
    var request = try makeRequest(.get, Route.versionDownload.path(of: wanted.name, version: wanted.number))
    request.headers["Accept"] = "application/gzip"
    request.expectedSize = wanted.size
    // A refusal says more than the smallest archive has bytes.
    request.responseLimit = max(wanted.size, Self.refusalLimit)
    request.timeouts = timeouts.allowing(transferOf: wanted.size)
    if wanted.size <= Self.smallArchive {
      let response = try await send(request)
      try Self.check(Digest(of: response.body), against: wanted)
      progress(response.body.count)
      return .bytes(response.body)
    }
    let hasher = Mutex(Digest.Hasher())
    let plan = DownloadPlan(
      to: .newFile(path: scratch), expectedSize: wanted.size, limit: wanted.size,
      observing: { buffer in hasher.withLock { $0.update(buffer) } }, reporting: { progress($0.received) })
    try await download(request, plan)
    do {
      try Self.check(hasher.withLock { $0.finalize() }, against: wanted)
    } catch {
      unlink(scratch)
      throw error
    }
    return .file(scratch)
  }

  private static func check(_ digest: Digest, against wanted: Wanted) throws(MeshError) {
    guard digest == wanted.digest else {
      throw MeshError(
        .integrityError,
        "the archive of \(wanted.name)@\(wanted.number) is \(digest), not the \(wanted.digest) that was promised",
        hint:
          "Nothing was installed. Restore skills.lock if it was edited by hand; otherwise the registry, or something "
          + "on the way to it, is broken or hostile.")
    }
  }
}
