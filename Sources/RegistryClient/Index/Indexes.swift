import RegistryAPI
import Skills

extension RegistryClient {
  /// The index documents of many skills, with what is wrong with those that cannot be had.
  ///
  /// Asked for with one conditional request for each 500 names, and with one for each name where the registry is a
  /// folder of static files. What has not changed comes from the cache. Offline, everything does, whatever its age.
  ///
  /// A document is refused with `integrityError` when it is of another skill, or when it contradicts what the registry
  /// said before; the cache keeps the earlier one then.
  ///
  /// - Throws: `MeshError` when the registry cannot be asked at all.
  package func indexes(of names: [SkillName]) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    let lookups = Set(names).sorted().map { IndexLookup($0, known: cache?.index(of: $0, in: scope)) }
    if isOffline {
      return collect(lookups) { $0.known.map { .success($0.document) } ?? .failure(Self.notCached("\($0.name)")) }
    }
    // One name is asked for at the address that any cache on the way may answer.
    if lookups.count == 1 { return await askForEach(lookups[...]) }
    var answers: [SkillName: Result<IndexDocument, MeshError>] = [:]
    for start in stride(from: 0, to: lookups.count, by: IndexBatchRequest.maximumNames) {
      let group = lookups[start...].prefix(IndexBatchRequest.maximumNames)
      answers.merge(try await ask(group)) { $1 }
    }
    return answers
  }

  /// The index document of one skill.
  package func index(of name: SkillName) async throws -> IndexDocument {
    guard let answer = try await indexes(of: [name])[name] else { throw unanswered(name) }
    return try answer.get()
  }

  /// The registry left out a skill that it was asked for.
  func unanswered(_ name: SkillName) -> MeshError {
    MeshError(
      .networkError, "\(address) did not send \(name)", hint: "Check the address of the registry.")
  }

  func notFound(_ name: SkillName) -> MeshError {
    advised(
      MeshError(
        .notFound, "there is no skill \(name) in \(address)",
        hint: "Check the name; a private skill needs its owner's token."))
  }

  /// Judges a document from the network, and keeps it when it is good.
  func take(
    _ document: IndexDocument, etag: String?, for lookup: IndexLookup
  ) -> Result<IndexDocument, MeshError> {
    do throws(MeshError) {
      try lookup.check(document, from: address)
    } catch {
      return .failure(error)
    }
    cache?.store(document, etag: etag, in: scope)
    return .success(document)
  }

  /// The copy that the registry has just called good.
  func takeKnown(_ known: CachedIndex, for lookup: IndexLookup) -> Result<IndexDocument, MeshError> {
    cache?.confirm(lookup.name, in: scope)
    return .success(known.document)
  }

  private func collect(
    _ lookups: [IndexLookup], _ answer: (IndexLookup) -> Result<IndexDocument, MeshError>
  ) -> [SkillName: Result<IndexDocument, MeshError>] {
    Dictionary(lookups.map { ($0.name, answer($0)) }) { $1 }
  }
}
