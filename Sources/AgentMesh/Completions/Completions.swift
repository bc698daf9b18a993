import Foundation
import RegistryClient
import SkillInstaller
import Skills

/// What a shell offers in the place of an argument; reads the disk alone, and never fails.
enum Completions {
  /// References of skills that were looked at before.
  @Sendable static func references(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let folder = SkillCache.standardFolder(environment: ProcessInfo.processInfo.environment)
    return SkillCache(folder: folder).knownNames().map(\.description)
  }

  /// Folders of skills that are installed in the current project.
  @Sendable static func installed(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let isGlobal = words.contains("-g") || words.contains("--global")
    let environment = AgentEnvironment(environment: ProcessInfo.processInfo.environment)
    guard let targets = isGlobal ? try? InstallTargets(user: environment) : try? InstallTargets(project: ".") else {
      return []
    }
    return ((try? SkillInstaller.installed(in: targets)) ?? []).map(\.slug)
  }
}
