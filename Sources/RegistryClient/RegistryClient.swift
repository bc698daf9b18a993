import HTTPTransport
import RegistryAPI
import Skills
import TransportErrors

/// One registry as its caller sees it: typed questions, typed answers, one kind of error.
///
/// The token is sent to this registry's origin alone.
package struct RegistryClient: Sendable {
  package let address: RegistryAddress
  private let transport: HTTPTransport
  private let credential: Credential?
  let timeouts: Timeouts
  private let advice: RegistryAdvice
  /// Nil when nothing is kept.
  package let cache: SkillCache?
  /// Whether only the cache answers: every other question fails with `offline`, and no request is made.
  package let isOffline: Bool
  let scope: IndexScope

  /// - Parameters:
  ///   - timeouts: For every request; without a total of their own each has one that suits its size.
  ///   - advice: Hints for failures.
  /// - Throws: `configurationError` for a token that no server could have given out.
  package init(
    address: RegistryAddress, token: String?, transport: HTTPTransport, timeouts: Timeouts = Timeouts(),
    cache: SkillCache? = nil, isOffline: Bool = false, advice: RegistryAdvice = RegistryAdvice()
  ) throws(MeshError) {
    self.address = address
    self.advice = advice
    self.transport = transport
    self.timeouts = timeouts
    self.cache = cache
    self.isOffline = isOffline
    scope = IndexScope(address, token: token)
    do {
      credential = try token.map { token throws(TransportError) in try Credential(token: token, for: address.origin) }
    } catch {
      throw MeshError(.configurationError, "the token is empty or has characters that no token has")
    }
  }

  /// Whether requests carry a token.
  package var hasToken: Bool { credential != nil }

  package func skill(_ name: SkillName) async throws -> SkillSummary {
    try await get(SkillSummary.self, Route.skill.path(of: name))
  }

  package func versions(of name: SkillName) async throws -> [VersionSummary] {
    try await get(VersionList.self, Route.versions.path(of: name)).versions
  }

  package func ownSkills() async throws -> OwnSkills {
    try await get(OwnSkills.self, Route.ownSkills.path([]))
  }

  package func profile() async throws -> Profile {
    try await get(Profile.self, Route.profile.path([]))
  }

  /// Makes the token with which we ask invalid.
  ///
  /// - Throws: `unauthorized` when it is so already.
  package func revokeOwnToken() async throws {
    _ = try await send(makeRequest(.delete, Route.ownToken.path([])))
  }

  /// The newest version of each skill; none where there is none for us.
  ///
  /// Any number of names.
  package func newest(of names: [SkillName]) async throws -> [SkillName: SemanticVersion] {
    let asked = Set(names)
    var found: [SkillName: SemanticVersion] = [:]
    for start in stride(from: 0, to: names.count, by: LatestRequest.maximumNames) {
      let group = names[start...].prefix(LatestRequest.maximumNames)
      let request = try makeRequest(.post, Route.latest.path([]), LatestRequest(skills: group.map(\.description)))
      let answer = try await decode(LatestResponse.self, from: send(request))
      for entry in answer.skills {
        guard let name = try? SkillName(parsing: entry.name), asked.contains(name) else { continue }
        found[name] = entry.version.flatMap { try? SemanticVersion(parsing: $0) }
      }
    }
    return found
  }

  /// Withdraws one version, or all of them when `version` is nil.
  package func unpublish(_ name: SkillName, version: SemanticVersion?) async throws -> Confirmation {
    let path = version.map { Route.version.path(of: name, version: $0) } ?? Route.skill.path(of: name)
    return try await decode(Confirmation.self, from: send(makeRequest(.delete, path)))
  }

  /// Skills that match, the best first.
  ///
  /// - Parameter limit: At most `SearchResponse.maximumResults` are given.
  /// - Throws: `usage` for a query of more than `SearchResponse.maximumQueryCharacters`.
  package func search(_ query: String, limit: Int) async throws -> SearchResponse {
    guard query.count <= SearchResponse.maximumQueryCharacters else {
      throw MeshError(.usage, "a search has at most \(SearchResponse.maximumQueryCharacters) characters")
    }
    let most = min(max(limit, 1), SearchResponse.maximumResults)
    return try await get(
      SearchResponse.self, Route.search.path([]) + "?q=\(PercentEncoding.component(query))&limit=\(most)")
  }

  /// Keeps a version from new installs; whoever has it locked can still fetch it.
  package func yank(_ name: SkillName, _ version: SemanticVersion, reason: String?) async throws -> Confirmation {
    let path = Route.yank.path(of: name, version: version)
    return try await decode(Confirmation.self, from: send(makeRequest(.put, path, YankRequest(reason: reason))))
  }

  package func unyank(_ name: SkillName, _ version: SemanticVersion) async throws -> Confirmation {
    let path = Route.yank.path(of: name, version: version)
    return try await decode(Confirmation.self, from: send(makeRequest(.delete, path)))
  }

  // MARK: - Plumbing

  func get<Value: Decodable>(_ type: Value.Type, _ path: String) async throws -> Value {
    try await decode(type, from: send(makeRequest(.get, path)))
  }

  /// - Throws: `offline` when no request may be made.
  func makeRequest(_ method: HTTPMethod, _ path: String) throws(MeshError) -> HTTPRequest {
    if isOffline {
      throw MeshError(.offline, "--offline forbids a request to \(address)", hint: "Run it again without --offline.")
    }
    var request = HTTPRequest(
      method, try address.url(path), headers: ["Accept": "application/json"], credential: credential)
    request.timeouts = timeouts.allowing(transferOf: 0)
    return request
  }

  /// A request with a body of JSON.
  func makeRequest(_ method: HTTPMethod, _ path: String, _ body: some Encodable) throws -> HTTPRequest {
    var request = try makeRequest(method, path)
    request.body = .bytes(try WireCoding.encode(body))
    request.headers["Content-Type"] = "application/json"
    return request
  }

  /// The answer, whatever its status.
  func answer(to request: HTTPRequest) async throws(MeshError) -> HTTPResponse {
    do {
      return try await transport.send(request)
    } catch {
      throw advised(error.meshError)
    }
  }

  /// What an answer other than success means.
  func failure(_ response: HTTPResponse) -> MeshError { advised(MeshError(response, from: address)) }

  /// A failure with what the caller knows about it.
  func advised(_ failure: MeshError) -> MeshError {
    let hint: Message? = failure.hint.map { "\($0, limit: 1_000)" }
    switch failure.code {
    case .networkError, .hostNotFound, .timeout: return failure.with(hint: advice.whenUnreachable ?? hint)
    case .unauthorized, .forbidden, .notFound:
      let hints = [hint, advice.whenRefused].compactMap(\.self)
      return failure.with(hint: hints.isEmpty ? nil : hints.joined(separator: " "))
    default: return failure
    }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let response = try await answer(to: request)
    guard response.isSuccess else { throw failure(response) }
    return response
  }

  /// The events of an answer as they arrive.
  ///
  /// - Throws: What another answer means; `unknown` for one without events.
  func events(_ request: HTTPRequest) async throws(MeshError) -> ServerSentEvents {
    let answer: EventAnswer
    do {
      answer = try await transport.events(request)
    } catch {
      throw advised(error.meshError)
    }
    switch answer {
    case .events(let events): return events
    case .response(let response) where response.isSuccess:
      throw MeshError(
        .unknown, "\(address) does not say how a task goes on", hint: "Ask for the result alone, without --stream.")
    case .response(let response): throw failure(response)
    }
  }

  func decode<Value: Decodable>(_ type: Value.Type, from response: HTTPResponse) throws(MeshError) -> Value {
    do {
      return try WireCoding.decode(type, from: response.body)
    } catch is CancellationError {
      throw MeshError(.cancelled, "interrupted")
    } catch {
      throw MeshError(
        .networkError, "\(address) did not answer like a registry", hint: "Check the address of the registry.")
    }
  }

  func download(_ request: HTTPRequest, _ plan: DownloadPlan) async throws {
    do {
      let summary = try await transport.download(request, plan)
      guard summary.response.isSuccess else { throw failure(summary.response) }
    } catch let error as TransportError {
      throw advised(error.meshError)
    }
  }
}
