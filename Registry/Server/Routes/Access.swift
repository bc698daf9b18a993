import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Who asks, and what of the catalog exists for them.
extension RegistryServices {
  /// The caller, or nil for a request without a token.
  ///
  /// - Throws: `unauthorized`, the same for every token that does not count.
  func caller(of request: Request) async throws -> Accounts.Identity? {
    guard let header = request.headers[.authorization] else { return nil }
    let parts = header.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let token = AccessToken(presented: String(parts[1])),
      let identity = try await store.accounts.identity(presenting: token, at: now())
    else {
      throw MeshError(
        .unauthorized, "the token is unknown, expired or revoked", hint: "Log in with a valid token.")
    }
    return identity
  }

  /// The caller of a request that needs one.
  func requiredCaller(of request: Request) async throws -> Accounts.Identity {
    if let caller = try await caller(of: request) { return caller }
    throw MeshError(
      .unauthorized, "this needs a token", hint: "Log in first: agent-mesh login --token-stdin.")
  }

  /// The skill that the path names, as far as the caller may know of it.
  ///
  /// A private skill of somebody else answers exactly as one that never existed.
  func visibleSkill(_ request: Request, _ context: RegistryContext) async throws -> CatalogEntry {
    let name = try context.skillName()
    let caller = try await caller(of: request)
    guard let entry = try await entry(for: name, visibleTo: caller) else { throw Self.missing(name) }
    return entry
  }

  /// A skill as far as `caller` may know of it; nil is the same for one that is private and one that is missing.
  func entry(for name: SkillName, visibleTo caller: Accounts.Identity?) async throws -> CatalogEntry? {
    guard let entry = try await catalog.entry(for: name), entry.isVisible(to: caller) else { return nil }
    return entry
  }

  /// The same for many skills.
  func entries(
    for names: Set<SkillName>, visibleTo caller: Accounts.Identity?
  ) async throws -> [SkillName: CatalogEntry] {
    try await catalog.entries(for: names).filter { $0.value.isVisible(to: caller) }
  }

  /// The skill that the path names, for its owner alone.
  func ownedSkill(_ request: Request, _ context: RegistryContext) async throws -> CatalogEntry {
    let name = try context.skillName()
    let caller = try await requiredCaller(of: request)
    guard let entry = try await catalog.entry(for: name) else { throw Self.missing(name) }
    if entry.history.skill.authorID == caller.authorID { return entry }
    if entry.history.skill.isPrivate { throw Self.missing(name) }
    throw MeshError(.forbidden, "\(name) belongs to \(name.author), and the token to \(caller.author)")
  }

  static func missing(_ name: SkillName) -> MeshError {
    MeshError(.notFound, "there is no skill \(name)", hint: "Check the name; a private skill needs its owner's token.")
  }
}

extension SkillHistory {
  /// The newest version that can be had.
  func available() throws -> VersionRecord {
    if let newest { return newest }
    if let quarantine = versions.last(where: { $0.quarantine != nil })?.quarantine {
      throw Self.quarantined("\(skill.name)", quarantine)
    }
    throw MeshError(.gone, "every version of \(skill.name) was withdrawn by its author")
  }

  /// One version that can be had.
  func available(_ version: SemanticVersion) throws -> VersionRecord {
    let record = try known(version)
    if let quarantine = record.quarantine { throw Self.quarantined("\(skill.name)@\(record.version)", quarantine) }
    guard record.withdrawnAt == nil else {
      throw MeshError(.gone, "\(skill.name)@\(version) was withdrawn by its author")
    }
    return record
  }

  private static func quarantined(_ what: String, _ decision: QuarantineDecision) -> MeshError {
    MeshError(
      .quarantined, "\(what) was taken out of reach by the operator: \(decision.reason)",
      hint: "Remove it where it is installed.")
  }

  /// One version, to be had or not.
  func known(_ version: SemanticVersion) throws -> VersionRecord {
    if let record = self.version(version) { return record }
    throw MeshError(
      .notFound, "\(skill.name) has no version \(version)",
      hint: newest.map { "The newest is \($0.version)." })
  }
}

extension RegistryContext {
  func skillName() throws -> SkillName {
    SkillName(
      author: try AuthorName(parsing: try part("author")), slug: try SkillSlug(parsing: try part("slug")))
  }

  func version() throws -> SemanticVersion {
    do {
      return try SemanticVersion(parsing: try part("version"))
    } catch let refusal as VersionRefusal {
      throw refusal.meshError
    }
  }

  func filePath() throws -> SkillPath {
    let text = parameters.getCatchAll().joined(separator: "/")
    guard let decoded = PercentEncoding.decode(text), let path = try? SkillPath(parsing: decoded) else {
      throw MeshError(.notFound, "there is no such file")
    }
    return path
  }

  private func part(_ name: String) throws -> String {
    guard let text = parameters.get(name), let decoded = PercentEncoding.decode(text) else {
      throw MeshError(.invalidRequest, "the path has no valid \(name)")
    }
    return decoded
  }
}

extension CatalogEntry {
  fileprivate func isVisible(to caller: Accounts.Identity?) -> Bool {
    !history.skill.isPrivate || history.skill.authorID == caller?.authorID
  }
}
