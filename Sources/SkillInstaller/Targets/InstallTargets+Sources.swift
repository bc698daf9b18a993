import Foundation
import Skills
import SystemPackage

extension InstallTargets {
  /// Whether the source of a skill is the very folder in which agents read it, so that there is nothing to install.
  package func isInPlace(_ skill: LockedSkill) -> Bool {
    guard case .path(let text) = skill.source else { return false }
    let place = place(of: text)
    guard place.lastComponent?.string == skill.folder.rawValue else { return false }
    let folder = place.removingLastComponent()
    var relative = folder
    _ = relative.removePrefix(absoluteBase)
    return [folder, relative].contains { $0.string == Agent.sharedFolder || knownFolders.contains($0.string) }
  }

  /// The nearest folder above that has a `skills.json`, as somebody works below the folder of a project; nil for none.
  package var projectAbove: FilePath? {
    guard scope == .project else { return nil }
    var folder = absoluteBase
    while folder.removeLastComponent(), !folder.isEmpty {
      let manifest = folder.appending(ProjectManifest.fileName).string
      if FileManager.default.isReadableFile(atPath: manifest) { return folder }
    }
    return nil
  }

  /// A path of a source, relative to the base or absolute, as an absolute one without `.` and `..`.
  package func place(of text: String) -> FilePath { absoluteBase.pushing(FilePath(text)).lexicallyNormalized() }

  /// Without `.` and `..`.
  var absoluteBase: FilePath {
    FilePath(FileManager.default.currentDirectoryPath).pushing(base).lexicallyNormalized()
  }
}
