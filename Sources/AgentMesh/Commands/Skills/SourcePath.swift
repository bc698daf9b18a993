import FileSystem
import FoundationSubset
import SkillInstaller
import SkillSources
import Skills
import SystemPackage

/// Sources as people type them, where they stand.
enum SourcePath {
  /// Splits `<source>… [path]`: the last of several words is the project when it is a folder that is no source itself.
  static func split(_ words: [String]) -> (sources: [String], path: String?) {
    guard words.count > 1, let last = words.last, Project.isFolder(last), !holdsSkills(last) else {
      return (words, nil)
    }
    return (Array(words.dropLast()), last)
  }

  /// A word as `skills.json` of a place has it: paths begin at the project, so that both can move together, and are
  /// absolute for a user.
  static func source(_ word: String, for targets: InstallTargets) throws(MeshError) -> SkillSource {
    let folder = FilePath.workingDirectory
    let source = try SourceSpecifier(parsing: word, relativeTo: folder).source
    guard case .path(let text) = source, !word.hasPrefix("path:") else { return source }
    let place = folder.pushing(FilePath(text)).lexicallyNormalized()
    if targets.scope == .user { return .path(place.string) }
    let base = folder.pushing(targets.base).lexicallyNormalized()
    if text.hasPrefix("/"), !place.starts(with: base) { return .path(place.string) }
    return .path(relative(place, to: base))
  }

  /// `./below`, `../beside`, or `.` for the base itself.
  private static func relative(_ place: FilePath, to base: FilePath) -> String {
    let (from, to) = (base.components.map(\.string), place.components.map(\.string))
    let common = zip(from, to).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: from.count - common) + to.dropFirst(common)
    if steps.isEmpty { return "." }
    return (steps[0] == ".." ? "" : "./") + steps.joined(separator: "/")
  }

  /// Whether a folder is a skill, or a folder of skills.
  private static func holdsSkills(_ folder: String) -> Bool {
    if (try? MainFile.find(in: folder)) != nil { return true }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { !$0.hasPrefix(".") && (try? MainFile.find(in: "\(folder)/\($0)")) != nil }
  }
}
