import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Bytes of an answer for 500 skills.
  private static let batchLimit = 64 << 20

  /// Bytes of one skill with many versions.
  private static let largeDocument = 32 << 10

  /// Statuses of a server that cannot be asked so: a folder of static files, or an older registry.
  private static let noBatch: Set<Int> = [404, 405, 501]

  /// Asks for at most 500 skills in one request, or for each where the registry cannot be asked so.
  func ask(
    _ lookups: ArraySlice<IndexLookup>
  ) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    let entries = lookups.map { IndexBatchRequest.Entry(name: $0.name.description, etag: $0.etag) }
    var request = try makeRequest(.post, Route.indexBatch.path([]), IndexBatchRequest(skills: entries))
    request.responseLimit = Self.batchLimit
    request.timeouts = timeouts.allowing(transferOf: lookups.count * Self.largeDocument)
    // A lookup that changes nothing, though it is a POST.
    request.retries = RetryPolicy(includesUnsafeMethods: true)
    let response = try await answer(to: request)
    if Self.noBatch.contains(response.status) { return await askForEach(lookups) }
    guard response.isSuccess else { throw failure(response) }
    let answers = try decode(IndexBatchResponse.self, from: response).skills
    var results: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for (offset, lookup) in lookups.enumerated() {
      results[lookup.name] =
        offset < answers.count ? judge(answers[offset], for: lookup) : .failure(unanswered(lookup.name))
    }
    return results
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

  /// Asks for each skill by itself, a few at a time.
  func askForEach(_ lookups: ArraySlice<IndexLookup>) async -> [SkillName: Result<IndexDocument, MeshError>] {
    await withTaskGroup(of: (SkillName, Result<IndexDocument, MeshError>).self) { group in
      var results: [SkillName: Result<IndexDocument, MeshError>] = [:]
      for (offset, lookup) in lookups.enumerated() {
        if offset >= Self.lookupsAtOnce, let (name, result) = await group.next() { results[name] = result }
        group.addTask { (lookup.name, await ask(for: lookup)) }
      }
      for await (name, result) in group { results[name] = result }
      return results
    }
  }

  private static let lookupsAtOnce = 8

  private func ask(for lookup: IndexLookup) async -> Result<IndexDocument, MeshError> {
    do throws(MeshError) {
      var request = try makeRequest(.get, Route.index.path(of: lookup.name))
      request.headers["If-None-Match"] = lookup.etag
      request.responseLimit = SkillCache.largestDocument
      let response = try await answer(to: request)
      if response.status == 304, lookup.etag != nil, let known = lookup.known {
        return takeKnown(known, for: lookup)
      }
      if response.status == 404 {
        let isRegistry = ErrorBody.speaks(in: response.body)
        return .failure(isRegistry ? notFound(lookup.name) : .absent("\(lookup.name)", at: address))
      }
      guard response.isSuccess else { return .failure(failure(response)) }
      let document = try decode(IndexDocument.self, from: response)
      return take(document, etag: response.headers["ETag"], for: lookup)
    } catch {
      return .failure(error)
    }
  }
}
