import RegistryAPI
import RegistryStore
import Skills

/// `POST /api/skills/publish`: receive, judge, ask the catalog, store, enter into the catalog, answer.
struct PublishRoutes: Sendable {
  let services: RegistryServices

  func publish(_ call: Call, _ owner: Accounts.Identity) async throws -> Reply {
    let form = try await PublishRequest.receive(call, into: services.uploads)
    let author = try form.metadata.owner.map { try AuthorName(parsing: $0) } ?? owner.author
    let verdict = try await services.uploads.judge(form, author: author, for: call.client)
    let existing = try await services.catalog.existingVersion(
      of: verdict.name, verdict.version, verdict.manifest.treeDigest, for: owner, at: services.now())
    let stored = try await services.uploads.store(verdict, unless: existing)
    let outcome = try await enter(stored, by: owner, call)
    let response = PublishResponse(outcome, warnings: stored.warnings)
    call.logger.info(
      "published",
      metadata: [
        "skill.reference": "\(stored.version.name)@\(response.version)", "publish.action": "\(response.action)",
      ])
    return try .json(response, status: outcome.isNewVersion ? .created : .ok)
  }

  /// Enters a version into the catalog; a race that it loses there leaves no archive behind.
  private func enter(
    _ stored: PublishVerdict.Stored, by owner: Accounts.Identity, _ call: Call
  ) async throws -> PublishOutcome {
    do {
      return try await services.catalog.publish(stored.version, by: owner, at: services.now())
    } catch {
      do {
        try await services.uploads.discard(stored)
      } catch {
        call.logger.error("a refused archive could not be removed", metadata: ["error": "\(error)"])
      }
      throw error
    }
  }
}

extension PublishResponse {
  fileprivate init(_ outcome: PublishOutcome, warnings: [Finding]) {
    let (action, history, record): (Action, SkillHistory, VersionRecord) =
      switch outcome {
      case .created(let history, let record): (.created, history, record)
      case .updated(let history, let record), .shown(let history, let record): (.updated, history, record)
      case .unchanged(let history, let record): (.unchanged, history, record)
      }
    self.init(
      action: action, skill: SkillSummary(history), version: VersionSummary(record),
      url: Route.skillPage.path(of: history.skill.name), warnings: warnings)
  }
}

extension PublishOutcome {
  fileprivate var isNewVersion: Bool {
    switch self {
    case .created, .updated: true
    case .shown, .unchanged: false
    }
  }
}
