import Hummingbird
import RegistryAPI
import RegistryStore
import SkillArchive
import Skills

/// `POST /api/skills/publish`: receive, judge, store, enter into the catalog, answer.
struct PublishRoute: Sendable {
  let services: RegistryServices

  func publish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.requiredCaller(of: request)
    let form = try await PublishRequest.receive(request, context, services: services)
    let services = services
    let stored = try await services.blocking {
      let verdict = try PublishVerdict.judge(form, author: caller.author, limits: services.limits.archive)
      return try verdict.store(in: services.store.blobs)
    }
    let outcome = try await services.store.catalog.publish(stored.version, by: caller, at: services.now())
    services.catalog.forget(stored.version.name)
    let answer = Self.answer(outcome, warnings: stored.warnings)
    context.logger.info(
      "published",
      metadata: ["skill.reference": "\(stored.version.name)@\(answer.version)", "publish.action": "\(answer.action)"])
    return try Answers.json(answer, status: answer.action == .unchanged ? .ok : .created)
  }

  private static func answer(_ outcome: PublishOutcome, warnings: [Finding]) -> PublishAnswer {
    let (action, history, record): (PublishAnswer.Action, SkillHistory, VersionRecord) =
      switch outcome {
      case .created(let history, let record): (.created, history, record)
      case .updated(let history, let record): (.updated, history, record)
      case .unchanged(let history, let record): (.unchanged, history, record)
      }
    return PublishAnswer(
      action: action, skill: SkillSummary(history), version: VersionSummary(record),
      url: Route.skill.path(of: history.skill.name), warnings: warnings)
  }
}
