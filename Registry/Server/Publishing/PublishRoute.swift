import Hummingbird
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// `POST /api/skills/publish`: receive, judge, ask the catalog, store, enter into the catalog, answer.
struct PublishRoute: Sendable {
  let services: RegistryServices

  func publish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.requiredCaller(of: request)
    let form = try await PublishRequest.receive(request, context, services: services)
    let services = services
    let verdict = try await services.blocking {
      try PublishVerdict.judge(form, author: caller.author, limits: services.limits.archive)
    }
    let existing = try await services.store.catalog.admits(
      verdict.name, verdict.version, verdict.manifest.treeDigest)
    let stored = try await services.blocking { try verdict.store(in: services.store.blobs, unless: existing) }
    let outcome = try await enter(stored, by: caller, context)
    services.catalog.forget(stored.version.name)
    let answer = Self.answer(outcome, warnings: stored.warnings)
    context.logger.info(
      "published",
      metadata: ["skill.reference": "\(stored.version.name)@\(answer.version)", "publish.action": "\(answer.action)"])
    return try Responses.json(answer, status: outcome.isNewVersion ? .created : .ok)
  }

  /// Enters a version into the catalog; a race that it loses there leaves no archive behind.
  private func enter(
    _ stored: PublishVerdict.Stored, by caller: Accounts.Identity, _ context: RegistryContext
  ) async throws -> PublishOutcome {
    do {
      return try await services.store.catalog.publish(stored.version, by: caller, at: services.now())
    } catch {
      if let blob = stored.blob {
        do {
          try await services.store.discard(blob)
        } catch {
          context.logger.error("a refused archive could not be removed", metadata: ["error": "\(error)"])
        }
      }
      throw error
    }
  }

  private static func answer(_ outcome: PublishOutcome, warnings: [Finding]) -> PublishResponse {
    let (action, history, record): (PublishResponse.Action, SkillHistory, VersionRecord) =
      switch outcome {
      case .created(let history, let record): (.created, history, record)
      case .updated(let history, let record), .shown(let history, let record): (.updated, history, record)
      case .unchanged(let history, let record): (.unchanged, history, record)
      }
    return PublishResponse(
      action: action, skill: SkillSummary(history), version: VersionSummary(record),
      url: Route.skill.path(of: history.skill.name), warnings: warnings)
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
