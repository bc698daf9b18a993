import FileSystem
import FoundationSubset
import SkillInstaller
import Skills
import SystemPackage

/// What the arguments of installing and its kin mean.
enum Project {
  /// Splits `<ref>… [path]`: the last word is a folder when it is written as one, or is no reference and either a
  /// folder or not alone.
  ///
  /// What can be read as `author/slug` is never a folder.
  static func split(_ words: [String]) -> (references: [String], path: String?) {
    guard let last = words.last, isMeantAsFolder(last, isAlone: words.count == 1) else { return (words, nil) }
    return (Array(words.dropLast()), last)
  }

  /// Splits `<skill>… [path]`, where skills that are installed are also named by their folders.
  ///
  /// - Parameter isHere: Whether the current project has a folder of a skill with that name.
  static func splitInstalled(
    _ words: [String], isHere: (SkillSlug) throws -> Bool
  ) rethrows -> (skills: [String], path: String?) {
    guard let last = words.last else { return ([], nil) }
    if !isWrittenAsFolder(last) {
      if (try? SkillName(parsing: last)) != nil { return (words, nil) }
      if let slug = try? SkillSlug(parsing: last), try isHere(slug) || !isFolder(last) { return (words, nil) }
    }
    return (Array(words.dropLast()), last)
  }

  /// The folder of a project: the one that is named, else the nearest above that is one, else this one.
  ///
  /// - Parameter path: As somebody named it; nothing is searched for then.
  static func folder(_ path: String?, _ environment: AgentEnvironment) -> String {
    if let path { return path }
    let here = FilePath.workingDirectory
    guard let found = ProjectSearch(home: environment.home).project(from: here), found != here else { return "." }
    return found.string
  }

  /// - Throws: `usage` for what is no folder.
  static func targets(_ path: String) throws -> InstallTargets {
    guard isFolder(path) else {
      throw MeshError(
        .usage, "'\(path)' is not a folder",
        hint: (try? SkillReference(parsing: path)).map {
          "To install a skill: agent-mesh skills install '\($0)'"
        }
          ?? "Name the folder of a project; a version goes with its skill: agent-mesh skills install author/slug@^1.2")
    }
    return try InstallTargets(project: FilePath(path))
  }

  /// Whether a folder of that name is there.
  static func isFolder(_ word: String) -> Bool {
    FileStatus(at: FilePath(word))?.kind == .directory
  }

  static func isWrittenAsFolder(_ word: String) -> Bool {
    [".", "/", "~"].contains { word.hasPrefix($0) }
  }

  private static func isMeantAsFolder(_ word: String, isAlone: Bool) -> Bool {
    if isWrittenAsFolder(word) { return true }
    if (try? SkillReference(parsing: word)) != nil { return false }
    // A lone word that is neither is more likely a reference with a slip in it.
    return !isAlone || FileManager.default.fileExists(atPath: word)
  }
}
