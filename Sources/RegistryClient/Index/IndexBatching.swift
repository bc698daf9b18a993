import HTTPTransport
import RegistryAPI
import Skills

extension RegistryClient {
  /// Bytes of an answer for 500 skills.
  private static let batchLimit = 64 << 20

  /// Bytes of one skill with many versions.
  private static let largeDocument = 32 << 10

  /// Statuses of a server that has no such question: a folder of static files, or an older registry.
  private static let noBatch: Set<Int> = [404, 405, 501]

  /// Asks for at most 500 skills in one request, or for each where the registry cannot be asked so.
  func ask(
    _ questions: ArraySlice<IndexQuestion>
  ) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    let entries = questions.map { IndexBatchRequest.Entry(name: $0.name.description, etag: $0.etag) }
    var request = try makeRequest(.post, Route.indexBatch.path([]), IndexBatchRequest(skills: entries))
    request.responseLimit = Self.batchLimit
    request.timeouts = timeouts.allowing(transferOf: questions.count * Self.largeDocument)
    // A question that changes nothing, though it is a POST.
    request.retries = RetryPolicy(includesUnsafeMethods: true)
    let response = try await answer(to: request)
    if Self.noBatch.contains(response.status) { return await askForEach(questions) }
    guard response.isSuccess else { throw failure(response) }
    let answers = try decode(IndexBatchAnswer.self, from: response).skills
    var results: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for (offset, question) in questions.enumerated() {
      results[question.name] =
        offset < answers.count ? judge(answers[offset], for: question) : .failure(unanswered(question.name))
    }
    return results
  }

  private func judge(
    _ entry: IndexBatchAnswer.Entry, for question: IndexQuestion
  ) -> Result<IndexDocument, MeshError> {
    guard entry.name == question.name.description else {
      return .failure(IndexQuestion.other(entry.name, than: question.name))
    }
    if let document = entry.document { return take(document, etag: entry.etag, for: question) }
    guard let etag = entry.etag else { return .failure(notFound(question.name)) }
    guard let known = question.known, known.etag == etag else { return .failure(unanswered(question.name)) }
    return takeKnown(known, for: question)
  }

  /// Asks for each skill by itself, a few at a time.
  func askForEach(_ questions: ArraySlice<IndexQuestion>) async -> [SkillName: Result<IndexDocument, MeshError>] {
    await withTaskGroup(of: (SkillName, Result<IndexDocument, MeshError>).self) { group in
      var results: [SkillName: Result<IndexDocument, MeshError>] = [:]
      for (offset, question) in questions.enumerated() {
        if offset >= Self.questionsAtOnce, let (name, result) = await group.next() { results[name] = result }
        group.addTask { (question.name, await ask(for: question)) }
      }
      for await (name, result) in group { results[name] = result }
      return results
    }
  }

  private static let questionsAtOnce = 8

  private func ask(for question: IndexQuestion) async -> Result<IndexDocument, MeshError> {
    do throws(MeshError) {
      var request = try makeRequest(.get, Route.index.path(of: question.name))
      request.headers["If-None-Match"] = question.etag
      request.responseLimit = SkillCache.largestDocument
      let response = try await answer(to: request)
      if response.status == 304, question.etag != nil, let known = question.known {
        return takeKnown(known, for: question)
      }
      if response.status == 404 {
        let isRegistry = ErrorBody.speaks(in: response.body)
        return .failure(isRegistry ? notFound(question.name) : .absent("\(question.name)", at: address))
      }
      guard response.isSuccess else { return .failure(failure(response)) }
      let document = try decode(IndexDocument.self, from: response)
      return take(document, etag: response.headers["ETag"], for: question)
    } catch {
      return .failure(error)
    }
  }
}
