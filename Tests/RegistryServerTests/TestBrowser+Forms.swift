extension TestBrowser.Page {
  /// Where the forms that change something go.
  var actions: [String] { text.matches(of: #/<form[^>]*method="post" action="([^"]*)"/#).map { String($0.output.1) } }

  var links: [String] { text.matches(of: #/<a [^>]*href="([^"]*)"/#).map { String($0.output.1) } }

  var ids: [String] { text.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) } }

  /// What a form has just done.
  var notice: String? {
    text.firstMatch(of: #/<p class="notice" role="status">([^<]*)</#).map { String($0.output.1) }
  }

  /// What is wrong with all of a form.
  var problem: String? { text.firstMatch(of: #/<p class="fault" role="alert">([^<]*)</#).map { String($0.output.1) } }

  func hasFault(beside field: String) -> Bool { ids.contains("\(field)-fault") }
}

extension TestBrowser {
  /// Sends a form and looks at the page that it leads to.
  mutating func submitAndFollow(_ path: String, _ fields: [(String, String)]) async throws -> Page {
    let answer = try await submit(path, fields)
    guard answer.status == 303, let target = answer.headers["location"] else { return answer }
    return try await get(target)
  }
}
