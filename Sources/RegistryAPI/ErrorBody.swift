import Skills

/// The body of every failure: `application/problem+json` (RFC 9457) that also carries the `error` and `message` keys
/// which older clients read.
package struct ErrorBody: Codable, Sendable {
  package static let mediaType = "application/problem+json"
  /// The header field with what stands in `requestId`, by which an operator finds the failure in the log.
  package static let requestIDField = "X-Request-Id"

  package var type: String?
  package var title: String?
  package var status: Int?
  package var detail: String?
  /// The stable code, twice: `code` for new clients, `error` for old ones.
  package var code: String?
  package var error: String?
  package var message: String?
  package var hint: String?
  package var findings: [Finding]?
  /// Spelled so that the strategy for keys finds it in both directions.
  package var requestId: String?
  /// Some OAuth-style answers say it here.
  package var errorDescription: String?

  package init(_ failure: MeshError, status: Int, title: String, requestID: String?) {
    type = "about:blank"
    self.title = title
    self.status = status
    detail = failure.message
    code = failure.wireCode
    error = failure.wireCode
    message = failure.message
    hint = failure.hint
    findings = failure.findings.isEmpty ? nil : failure.findings
    requestId = requestID
  }

  /// Reads what there is: a body may come from an older or newer registry, or from something in between, and a key of
  /// an unknown shape must not hide the others.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) -> String? { try? container.decode(String.self, forKey: key) }
    type = text(.type)
    title = text(.title)
    status = try? container.decode(Int.self, forKey: .status)
    detail = text(.detail)
    code = text(.code)
    error = text(.error)
    message = text(.message)
    hint = text(.hint)
    findings = (try? container.decode([ReadableFinding].self, forKey: .findings))?.compactMap(\.finding)
    requestId = text(.requestId)
    errorDescription = text(.errorDescription)
  }

  /// A finding, or nothing where it has another shape.
  private struct ReadableFinding: Decodable {
    let finding: Finding?

    init(from decoder: any Decoder) throws {
      finding = try? Finding(from: decoder)
    }
  }

  /// The failure that this body reports; `fallback` is the message when it says none.
  package func failure(fallback: String) -> MeshError {
    MeshError(
      wireCode: code ?? error ?? "unknown",
      message: errorDescription ?? message ?? detail ?? fallback,
      hint: hint, findings: findings ?? [])
  }
}
