import RegistryAPI
import RegistryStore
import Skills

/// A skill and its versions: what they are, and withdrawing them.
struct SkillRoutes: Sendable {
  let services: RegistryServices

  func show(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    _ = try skill.history.available()
    var summary = SkillSummary(skill.history)
    summary.installs = try await services.downloads.totals(of: skill.history.skill).sum
    return try .taggedJSON(summary, for: call)
  }

  func versions(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    let downloads = try await services.downloads.totals(of: skill.history.skill)
    let summaries = skill.history.newestFirst.map { record -> VersionSummary in
      var summary = VersionSummary(record)
      summary.downloads = downloads.of(record)
      return summary
    }
    return try .taggedJSON(VersionList(versions: summaries), for: call)
  }

  func version(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    let record = try skill.history.known(call.version())
    var summary = VersionSummary(record)
    summary.downloads = try await services.downloads.totals(of: skill.history.skill).of(record)
    summary.url = Route.versionDownload.path(of: skill.history.skill.name, version: record.version)
    return try .taggedJSON(summary, for: call)
  }

  func files(_ call: Call, _ skill: CatalogEntry) async throws -> Reply {
    let list = try await services.catalog.fileList(of: skill.history.available(call.version()))
    return .tagged(list, for: call)
  }

  func unpublish(_ call: Call, _ skill: OwnedSkill) async throws -> Reply {
    let count = try await services.catalog.withdraw(skill, nil, at: services.now())
    let versions = "\(count) version\(count == 1 ? "" : "s") withdrawn"
    return try .json(Confirmation(count == 0 ? "\(skill.name) was withdrawn before" : "\(skill.name): \(versions)"))
  }

  func unpublishVersion(_ call: Call, _ skill: OwnedSkill) async throws -> Reply {
    let version = try skill.history.known(call.version()).version
    let count = try await services.catalog.withdraw(skill, version, at: services.now())
    return try .json(
      Confirmation("\(skill.name)@\(version) \(count == 0 ? "was withdrawn before" : "withdrawn")"))
  }
}
