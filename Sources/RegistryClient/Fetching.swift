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

  /// Fetches one version and checks size and SHA-256 before anybody looks inside.
  ///
  /// - Parameters:
  ///   - scratch: A path where a large archive may be written; nothing is there yet.
  ///   - progress: Called with the number of bytes so far.
  /// - Throws: `integrityError` when the bytes are not those that the index promises. Nothing is left behind then.
  package func fetch(
    _ name: SkillName, _ version: IndexDocument.Version, number: SemanticVersion, scratch: String,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> FetchedArchive {
    var request = try makeRequest(.get, Route.versionDownload.path(of: name, version: number))
    request.headers["Accept"] = "application/gzip"
    request.expectedSize = version.size
    request.responseLimit = version.size
    if version.size <= Self.smallArchive {
      let response = try await send(request)
      try Self.check(Digest(of: response.body), against: version.digest, of: name, number)
      progress(response.body.count)
      return .bytes(response.body)
    }
    let hasher = Mutex(Digest.Hasher())
    let plan = DownloadPlan(
      to: .newFile(path: scratch), expectedSize: version.size, limit: version.size,
      observing: { buffer in hasher.withLock { $0.update(buffer) } }, reporting: { progress($0.received) })
    try await download(request, plan)
    do {
      try Self.check(hasher.withLock { $0.finalize() }, against: version.digest, of: name, number)
    } catch {
      unlink(scratch)
      throw error
    }
    return .file(scratch)
  }

  private static func check(
    _ digest: Digest, against promised: Digest, of name: SkillName, _ version: SemanticVersion
  ) throws(MeshError) {
    guard digest == promised else {
      throw MeshError(
        .integrityError, "the archive of \(name)@\(version) is \(digest), but the index promises \(promised)",
        hint: "Nothing was installed. The registry, or something on the way to it, is broken or hostile.")
    }
  }
}
