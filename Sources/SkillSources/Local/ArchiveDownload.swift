import HTTPTransport
import Skills
import SystemPackage
import TransportErrors

/// The archive at an address.
struct ArchiveDownload: Sendable {
  static let maximumBytes = 50 << 20
  /// Of what an address delivers that is not named like an archive.
  static let unnamedBytes = 10 << 20

  var url: String
  var transport: HTTPTransport
  var limit: Int

  /// - Parameter file: must not exist yet.
  func save(to file: FilePath) async throws(MeshError) {
    let summary: DownloadSummary
    do {
      var request = HTTPRequest(.get, try HTTPURL(parsing: url), headers: ["Accept": "*/*"])
      request.timeouts.total = .seconds(300)
      summary = try await transport.download(
        request, DownloadPlan(to: .newFile(path: file.string), limit: limit))
    } catch {
      throw error.meshError
    }
    guard summary.isSuccess else {
      let status = summary.response.status
      let isMissing = status == 404 || status == 410
      throw MeshError(
        isMissing ? .notFound : .networkError,
        "\(summary.response.head.url) answered with status \(status)")
    }
  }
}
