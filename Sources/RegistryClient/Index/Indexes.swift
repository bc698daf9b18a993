import RegistryAPI
import Skills

extension RegistryClient {
  /// Bytes of memory that known documents take while it is asked whether they are still good.
  private static let knownAtOnce = 8 << 20

  /// The index documents of many skills, with what is wrong with those that cannot be had.
  ///
  /// See `forEachIndex(of:_:)`.
  package func indexes(of names: [SkillName]) async throws -> [SkillName: Result<IndexDocument, MeshError>] {
    var answers: [SkillName: Result<IndexDocument, MeshError>] = [:]
    try await forEachIndex(of: names) { answers[$0] = $1 }
    return answers
  }

  /// Calls `body` once for each of many skills, in any order, with its index document or with why it cannot be had.
  ///
  /// Asked for with one conditional request for each 500 names, or fewer where the response would be too large to hold,
  /// and with one for each name where the registry is a folder of static files. What has not changed comes from the
  /// cache. Offline, everything does, whatever its age.
  ///
  /// A document is refused with `integrityError` when it is of another skill, or when it contradicts what the registry
  /// said before; the cache keeps the earlier one then.
  ///
  /// - Throws: `MeshError` when the registry cannot be asked at all, `CancellationError`; what `body` throws.
  package func forEachIndex(
    of names: [SkillName], _ body: (SkillName, Result<IndexDocument, MeshError>) throws -> Void
  ) async throws {
    var rest = Set(names).sorted()[...]
    var most = IndexBatchRequest.maximumNames
    while !rest.isEmpty {
      let lookups = try lookups(of: rest.prefix(most))
      if isOffline {
        for lookup in lookups { try body(lookup.name, offline(lookup)) }
      } else if lookups.count == 1 {
        // One name is asked for at the address that any cache on the way may answer.
        try await askForEach(lookups, body)
      } else if try await !ask(lookups, body) {
        most = lookups.count / 2
        continue
      }
      rest = rest.dropFirst(lookups.count)
    }
  }

  /// As many of the first names as may be asked for together.
  private func lookups(of names: ArraySlice<SkillName>) throws -> [IndexLookup] {
    var lookups: [IndexLookup] = []
    var known = 0
    for name in names where known < Self.knownAtOnce {
      let lookup = IndexLookup(name: name, known: cache?.index(of: name, in: scope))
      try Task.checkCancellation()
      known += lookup.known?.document.footprint ?? 0
      lookups.append(lookup)
    }
    return lookups
  }

  private func offline(_ lookup: IndexLookup) -> Result<IndexDocument, MeshError> {
    lookup.known.map { .success($0.document) } ?? .failure(Self.notCached("\(lookup.name)"))
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
  ///
  /// - Parameter presentName: Where the registry has led to, if not to the name that was asked for.
  func take(
    _ document: IndexDocument, etag: String?, for lookup: IndexLookup, at presentName: SkillName? = nil
  ) -> Result<IndexDocument, MeshError> {
    var document = document
    document.presentName = presentName?.description
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
}
