import FileSystem
import Skills
import SystemPackage

extension InstallTargets {
  /// Whether the source of a skill is the very folder in which agents read it, so that there is nothing to install.
  package func isInPlace(_ skill: LockedSkill) -> Bool {
    guard case .path(let text) = skill.source else { return false }
    let path = absolutePath(of: text)
    guard path.lastComponent?.string == skill.folder.rawValue else { return false }
    let folder = path.removingLastComponent()
    var relative = folder
    _ = relative.removePrefix(absoluteBase)
    return [folder, relative].contains { $0.string == Agent.sharedFolder || knownFolders.contains($0.string) }
  }

  /// A path of a source, relative to the base or absolute, as an absolute one without `.` and `..`.
  func absolutePath(of text: String) -> FilePath { absoluteBase.pushing(FilePath(text)).lexicallyNormalized() }

  /// Without `.` and `..`.
  var absoluteBase: FilePath { FilePath.workingDirectory.pushing(base).lexicallyNormalized() }
}
