import FoundationSubset
import RegistryClient
import SkillInstaller
import Skills
import SystemPackage

/// What a shell offers in the place of an argument; reads the disk alone, and never fails.
///
/// Each takes the words of the command line, the index of the word at the cursor, and that word as far as the cursor.
enum Completions {
  /// References of skills that were looked at before.
  @Sendable static func references(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    offered(known())
  }

  /// Skills that are installed in the current project: the names of their folders, and their references.
  @Sendable static func installed(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    offered(installed(words))
  }

  /// Skills that are installed or were looked at before.
  @Sendable static func anySkills(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    offered(installed(words) + known())
  }

  /// As `references`, and folders.
  @Sendable static func referencesAndFolders(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    offered(known() + folders(prefix))
  }

  /// As `installed`, and folders.
  @Sendable static func installedAndFolders(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    offered(installed(words) + folders(prefix))
  }

  /// Aliases of agents that are connected from this machine.
  @Sendable static func agents(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let settings = try? SettingsFile(environment: ProcessInfo.processInfo.environment).read()
    return offered(settings?.agentAliases ?? [])
  }

  private static func known() -> [String] {
    let folder = SkillCache.standardFolder(environment: ProcessInfo.processInfo.environment)
    return SkillCache(folder: folder).knownNames().map(\.description)
  }

  private static func installed(_ words: [String]) -> [String] {
    let isGlobal = words.contains("-g") || words.contains("--global")
    let environment = AgentEnvironment(environment: ProcessInfo.processInfo.environment)
    let project = FilePath(Project.folder(nil, environment))
    guard let targets = isGlobal ? try? InstallTargets(user: environment) : try? InstallTargets(project: project)
    else { return [] }
    let skills = (try? Examination(of: targets).installed) ?? []
    return skills.map(\.slug) + skills.compactMap { $0.mark?.name?.description }
  }

  /// Folders whose paths begin like that; hidden ones only for a dot.
  private static func folders(_ prefix: String) -> [String] {
    let start = prefix.lastIndex(of: "/").map { prefix[...$0] } ?? ""
    let place = start.isEmpty ? "." : String(start)
    let begun = prefix.dropFirst(start.count)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    let offered = names.filter { $0.hasPrefix(begun) && (begun.hasPrefix(".") || !$0.hasPrefix(".")) }
    return offered.filter { Project.isFolder(place + "/" + $0) }.sorted().map { start + $0 }
  }

  /// Each word once, and only words of plain characters: bash expands what it is offered, so that the name of a folder
  /// could be a command.
  private static func offered(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { word in
      word.allSatisfy { $0.isLetter || $0.isNumber || "._-/@+".contains($0) } && seen.insert(word).inserted
    }
  }
}
