/// The `Accept` header (RFC 9110, section 12.5.1) as far as it chooses between the two forms of an archive, and
/// between a page and JSON.
struct AcceptedTypes {
  private var weights: [Substring: Double] = [:]

  init(_ header: String?) {
    for item in (header ?? "").lowercased().split(separator: ",") {
      let parts = item.filter { $0 != " " && $0 != "\t" }.split(separator: ";", omittingEmptySubsequences: false)
      guard let type = parts.first, !type.isEmpty else { continue }
      let weight = parts.dropFirst().last { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      weights[type] = max(weight, weights[type] ?? 0)
    }
  }

  /// Whether a browser asks for a page.
  var namesHTML: Bool { (weights["text/html"] ?? 0) > 0 }

  /// Whether tar.gz is named and liked no less than zip; older clients do not say what they take and get a zip.
  var prefersTar: Bool {
    let named = Self.tar.compactMap { weights[$0] }.max() ?? 0
    let zip = weights["application/zip"] ?? weights["application/*"] ?? weights["*/*"] ?? 0
    return named > 0 && named >= zip
  }

  private static let tar: [Substring] = [
    "application/gzip", "application/x-gzip", "application/x-tar", "application/x-gtar",
  ]
}
