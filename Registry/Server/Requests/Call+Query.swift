import Skills

extension Call {
  /// A value of the query as the form of a page sends it, in which a plus sign is a space; nil when it is missing or
  /// empty.
  ///
  /// What is no escape or no UTF-8 stays as it is: a link that somebody wrote by hand leads somewhere all the same.
  func queryValue(_ name: String) -> String? {
    for pair in (request.uri.query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0] == name else { continue }
      let text = String(parts[1].replacing("+", with: " "))
      return PercentEncoding.decode(text, keepingBroken: true) ?? text
    }
    return nil
  }

  /// Where a list was left, as its link to the next page says.
  ///
  /// - Throws: `validationError`.
  func cursor<Value>(_ name: String, _ parse: (String) throws -> Value) throws -> Value? {
    guard let text = queryValue(name) else { return nil }
    guard let value = try? parse(text) else {
      throw MeshError(.validationError, "\(name) names no place in this list", hint: "Begin at its first page.")
    }
    return value
  }
}
