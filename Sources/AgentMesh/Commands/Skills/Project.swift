import Foundation
import SkillInstaller
import Skills
import SystemPackage

/// What the arguments of installing and its kin mean.
enum Project {
  /// Splits `<ref>… [path]`: the last word is a folder when it is written as one, or is one and no reference.
  static func split(_ words: [String]) -> (references: [String], path: String) {
    guard let last = words.last, isMeantAsFolder(last, isAlone: words.count == 1) else { return (words, ".") }
    return (Array(words.dropLast()), last)
  }

  static func targets(_ path: String, agents: [String]) throws -> InstallTargets {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw MeshError(
        .usage, "'\(TerminalText.escaped(path))' is not a folder", hint: "Name the folder of a project.")
    }
    return try InstallTargets(project: FilePath(path), agents: agents)
  }

  /// The folder of an installed skill from its name or its full reference.
  static func slug(_ text: String) throws -> SkillSlug {
    text.contains("/") ? try SkillName(parsing: text).slug : try SkillSlug(parsing: text)
  }

  static func isInstalled(_ word: String, in project: String) -> Bool {
    guard let slug = try? slug(word) else { return false }
    return FileManager.default.fileExists(atPath: "\(project)/\(Agent.sharedFolder)/\(slug)")
  }

  /// Whether a folder of that name is there.
  static func isFolder(_ word: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: word, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func isMeantAsFolder(_ word: String, isAlone: Bool) -> Bool {
    if word.hasPrefix(".") || word.hasPrefix("/") || word.hasPrefix("~") { return true }
    // A lone word that is neither is more likely a reference with a slip in it.
    if (try? SkillReference(parsing: word)) == nil, !isAlone { return true }
    return FileManager.default.fileExists(atPath: word)
  }
}
