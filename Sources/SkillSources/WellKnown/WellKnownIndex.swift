import HTTPTransport
import Skills

/// The index that was found for a site.
struct WellKnownIndex: Sendable {
  /// For all addresses together.
  static let budget = Duration.seconds(10)
  private static let maximumBytes = 4 << 20

  /// Where it was asked for: what files of version 0.1.0 lie beside.
  let place: HTTPURL
  /// Where it came from, after redirects: what addresses in it are relative to.
  let origin: HTTPURL
  let entries: [WellKnownDocument.Entry]

  /// Asks at every address of the site until one has an index.
  ///
  /// - Throws: `not_found` with what was asked; `networkError` and its like when the site cannot be reached at all.
  static func find(
    _ site: WellKnownAddress, _ transport: HTTPTransport, budget: Duration
  ) async throws(MeshError) -> WellKnownIndex {
    let deadline = ContinuousClock.now + budget
    let probes = try site.probes()
    var refusal: String?
    for probe in probes {
      let response = try await ask(probe.url, transport, until: deadline)
      guard response.isSuccess else { continue }
      do throws(WellKnownDocument.Refusal) {
        let document = try WellKnownDocument(parsing: response.body)
        let index = WellKnownIndex(place: probe.url, origin: response.head.url, entries: document.entries)
        return probe.isAbove ? index.limited(to: site) : index
      } catch {
        if error != .notJSON { refusal = "\(probe.url) is not used: \(error.text)" }
      }
    }
    if let refusal { throw MeshError(.validationError, refusal) }
    throw MeshError(
      .notFound, "no skills index was found at \(TerminalText.escaped(site.text, limit: 200))",
      hint: "Asked for: \(probes.map(\.url.description).joined(separator: ", ")).")
  }

  /// Of an index that stands above what was asked for, only what lies below it.
  private func limited(to site: WellKnownAddress) -> WellKnownIndex {
    let covered = entries.filter { entry in
      switch entry.content {
      case .markdown(let url, _), .archive(let url, _):
        return (try? WellKnownAddress.resolve(url, against: origin)).map(site.covers) ?? false
      case .files:
        return false
      }
    }
    return WellKnownIndex(place: place, origin: origin, entries: covered)
  }

  private static func ask(
    _ url: HTTPURL, _ transport: HTTPTransport, until deadline: ContinuousClock.Instant
  ) async throws(MeshError) -> HTTPResponse {
    var request = HTTPRequest(.get, url, headers: ["Accept": "application/json"])
    request.responseLimit = maximumBytes
    request.retries = .never
    request.timeouts.total = max(ContinuousClock.now.duration(to: deadline), .milliseconds(1))
    do { return try await transport.send(request) } catch { throw MeshError(error) }
  }
}
