import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Statuses of a server that cannot be asked so: a folder of static files, or an older registry.
  private static let noBatch: Set<Int> = [404, 405, 501]

  /// Asks for at most 500 skills in one request, or for each where the registry cannot be asked so.
  ///
  /// - Returns: False, before `body` is called at all, when the response is too large.
  func ask(
    _ lookups: [IndexLookup], _ body: (SkillName, Result<IndexDocument, MeshError>) throws -> Void
  ) async throws -> Bool {
    let entries = lookups.map { IndexBatchRequest.Entry(name: $0.name.description, etag: $0.etag) }
    var request = try makeRequest(.post, Route.indexBatch.path([]), IndexBatchRequest(skills: entries))
    request.responseLimit = SkillCache.largestDocument
    request.timeouts = timeouts.allowing(transferOf: SkillCache.largestDocument)
    // A lookup that changes nothing, though it is a POST.
    request.retries = .allMethods
    let response: HTTPResponse
    do throws(MeshError) {
      response = try await answer(to: request)
    } catch {
      guard error.code == .payloadTooLarge else { throw error }
      return false
    }
    if Self.noBatch.contains(response.status) {
      try await askForEach(lookups, body)
      return true
    }
    guard response.isSuccess else { throw failure(response) }
    let answers = try decode(IndexBatchResponse.self, from: response).skills
    var moved: [IndexLookup] = []
    for (offset, lookup) in lookups.enumerated() {
      try Task.checkCancellation()
      let isAnswered = offset < answers.count
      if isAnswered, answers[offset].movedTo != nil, answers[offset].name == lookup.name.description {
        moved.append(lookup)
        continue
      }
      try body(lookup.name, isAnswered ? judge(answers[offset], for: lookup) : .failure(unanswered(lookup.name)))
    }
    // The redirect tells where they are now.
    try await askForEach(moved, body)
    return true
  }

  private func judge(
    _ entry: IndexBatchResponse.Entry, for lookup: IndexLookup
  ) -> Result<IndexDocument, MeshError> {
    guard entry.name == lookup.name.description else {
      return .failure(IndexLookup.other(entry.name, than: lookup.name))
    }
    if let document = entry.document { return take(document, etag: entry.etag, for: lookup) }
    guard let etag = entry.etag else { return .failure(notFound(lookup.name)) }
    guard let known = lookup.known, known.etag == etag else { return .failure(unanswered(lookup.name)) }
    return takeKnown(known, for: lookup)
  }

  /// Asks for each skill by itself, a few at a time; only one document at a time is decoded.
  func askForEach(
    _ lookups: [IndexLookup], _ body: (SkillName, Result<IndexDocument, MeshError>) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (IndexLookup, Result<HTTPResponse, MeshError>).self) { group in
      for (offset, lookup) in lookups.enumerated() {
        if offset >= Self.lookupsAtOnce, let (asked, response) = try await group.next() {
          try receive(response, for: asked, body)
        }
        group.addTask { (lookup, await response(to: lookup)) }
      }
      for try await (asked, response) in group { try receive(response, for: asked, body) }
    }
  }

  private static let lookupsAtOnce = 8

  private func receive(
    _ response: Result<HTTPResponse, MeshError>, for lookup: IndexLookup,
    _ body: (SkillName, Result<IndexDocument, MeshError>) throws -> Void
  ) throws {
    let answer = response.flatMap { judge($0, for: lookup) }
    // After a cancellation a failure may be its consequence.
    try Task.checkCancellation()
    try body(lookup.name, answer)
  }

  private func response(to lookup: IndexLookup) async -> Result<HTTPResponse, MeshError> {
    do throws(MeshError) {
      var request = try makeRequest(.get, Route.index.path(of: lookup.name))
      request.headers["If-None-Match"] = lookup.etag
      request.responseLimit = SkillCache.largestDocument
      return .success(try await answer(to: request))
    } catch {
      return .failure(error)
    }
  }

  private func judge(_ response: HTTPResponse, for lookup: IndexLookup) -> Result<IndexDocument, MeshError> {
    if response.status == 304, lookup.etag != nil, let known = lookup.known {
      return takeKnown(known, for: lookup)
    }
    if response.status == 404 {
      let isRegistry = ErrorBody.isPresent(in: response.body)
      return .failure(isRegistry ? notFound(lookup.name) : .absent("\(lookup.name)", at: address))
    }
    guard response.isSuccess else { return .failure(failure(response)) }
    do throws(MeshError) {
      var document = try decode(IndexDocument.self, from: response)
      let presentName = try presentName(document.name, of: lookup.name, at: response.head.url)
      if presentName != nil { document.name = lookup.name.description }
      return take(document, etag: response.headers["ETag"], for: lookup, at: presentName)
    } catch {
      return .failure(error)
    }
  }

  /// The name to which the registry has led, as that of the author is another one now; nil where it has led nowhere.
  ///
  /// The skill is known by the name that was asked for until it is updated.
  private func presentName(_ text: String, of name: SkillName, at url: HTTPURL) throws(MeshError) -> SkillName? {
    guard let present = try? SkillName(parsing: text), present != name, present.slug == name.slug else { return nil }
    return try url == address.url(Route.index.path(of: present)) ? present : nil
  }
}
