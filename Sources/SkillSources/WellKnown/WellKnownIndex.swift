import HTTPTransport
import Skills
import TransportErrors

/// The index that was found for a site.
struct WellKnownIndex: Sendable {
  /// For all addresses together.
  static let budget = Duration.seconds(10)
  private static let maximumBytes = 4 << 20

  /// Where it came from, after redirects: what addresses in it are relative to, and what files of version 0.1.0 lie
  /// beside.
  let url: HTTPURL
  /// As it was typed.
  let site: String
  private(set) var entries: [WellKnownDocument.Entry]
  /// Entries that cannot be used.
  private(set) var refused: [SourceListing.Refused]

  /// Asks at every address of the site until one has an index that lists skills of it.
  ///
  /// - Throws: `not_found` with what was asked; `networkError` and its like when the site cannot be reached at all.
  static func find(
    _ site: WellKnownAddress, _ transport: HTTPTransport, budget: Duration
  ) async throws(MeshError) -> WellKnownIndex {
    let deadline = ContinuousClock.now + budget
    let probes = try site.probes()
    var refusal: MeshError?
    for probe in probes {
      do throws(MeshError) {
        guard let index = try await index(at: probe, of: site, transport, until: deadline) else { continue }
        return index
      } catch {
        guard [.validationError, .payloadTooLarge].contains(error.code) else { throw error }
        refusal = refusal ?? error
      }
    }
    if let refusal { throw refusal }
    throw MeshError(
      .notFound, "no skills index was found for \(site.text, limit: 200)",
      hint: "Asked for: \(probes.map(\.url.description).joined(separator: ", ")).")
  }

  /// Nil where there is none, or none that lists skills of the site.
  ///
  /// - Throws: `validation_error` or `payload_too_large` for an answer that is not used; other errors end the search.
  private static func index(
    at probe: WellKnownAddress.Probe, of site: WellKnownAddress, _ transport: HTTPTransport,
    until deadline: ContinuousClock.Instant
  ) async throws(MeshError) -> WellKnownIndex? {
    let response: HTTPResponse
    do {
      response = try await ask(probe.url, transport, until: deadline)
    } catch {
      switch error.code {
      case .tooLarge: throw error.meshError
      case .refusedRedirect, .tooManyRedirects:
        throw MeshError(.validationError, "\(probe.url) is not used: \(error)")
      default: throw error.meshError
      }
    }
    guard response.isSuccess else { return nil }
    do throws(WellKnownDocument.Refusal) {
      let document = try WellKnownDocument(parsing: response.body)
      var index = WellKnownIndex(
        url: response.head.url, site: site.text, entries: document.entries, refused: document.refused)
      if probe.isAbove { index.limit(to: site) }
      return index.entries.isEmpty && index.refused.isEmpty ? nil : index
    } catch {
      if error == .notJSON { return nil }
      throw MeshError(.validationError, "\(probe.url) is not used: \(error.text)")
    }
  }

  /// Of an index that stands above what was asked for, only what lies below it.
  private mutating func limit(to site: WellKnownAddress) {
    refused = []
    entries = entries.filter { entry in
      switch entry.content {
      case .markdown(let url, _), .archive(let url, _):
        return (try? WellKnownAddress.resolve(url, against: self.url)).map { site.covers($0, indexedBy: self.url) }
          ?? false
      case .files:
        return false
      }
    }
  }

  private static func ask(
    _ url: HTTPURL, _ transport: HTTPTransport, until deadline: ContinuousClock.Instant
  ) async throws(TransportError) -> HTTPResponse {
    var request = HTTPRequest(.get, url, headers: ["Accept": "application/json"])
    request.responseLimit = maximumBytes
    request.retries = .never
    request.timeouts.total = max(ContinuousClock.now.duration(to: deadline), .milliseconds(1))
    return try await transport.send(request)
  }
}
