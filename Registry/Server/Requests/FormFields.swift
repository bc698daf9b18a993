import Skills

/// The fields of a form (URL standard, `application/x-www-form-urlencoded`).
struct FormFields: Sendable {
  private var values: [String: [String]] = [:]

  /// - Throws: `invalidRequest` for what is no form.
  init(_ bytes: some Sequence<UInt8>) throws(MeshError) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { throw Self.refusal }
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let decoded = parts.compactMap { PercentEncoding.decode(String($0.replacing("+", with: " "))) }
      guard decoded.count == parts.count, let name = decoded.first else { throw Self.refusal }
      values[name, default: []].append(decoded.count == 2 ? decoded[1] : "")
    }
  }

  /// The value of a field; nil when it is missing.
  ///
  /// - Throws: `invalidRequest` when it is there twice: no two readers shall see different ones.
  func one(_ name: String) throws(MeshError) -> String? {
    let all = values[name] ?? []
    guard all.count < 2 else { throw MeshError(.invalidRequest, "the field \(name) is there twice") }
    return all.first
  }

  /// Every value of a field that may be there several times.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  private static let refusal = MeshError(.invalidRequest, "the request body is not a form")
}
