import Foundation
import Skills
import SystemPackage

/// What stays out of an archive: the default list, and the folder's own `.skillignore`, which has the last word.
struct PackRules {
  static let fileName = ".skillignore"
  private static let maximumBytes = 1 << 20

  private let defaults: IgnoreRules
  private let own: IgnoreRules

  /// - Parameter name: of the skill, by which earlier archives at the root are known, as by the name of the folder.
  init(folder: FilePath, name: String?) throws(PackError) {
    let folderName = URL(fileURLWithPath: folder.string).standardizedFileURL.lastPathComponent
    let archives = [name, folderName].compactMap(\.self).flatMap(DefaultIgnores.earlierArchives(of:))
    defaults = IgnoreRules(lines: DefaultIgnores.lines + archives)
    var reader = try PlannedFileReader(folder)
    do {
      own = IgnoreRules(parsing: try reader.bytes(of: Array(Self.fileName.utf8), limit: Self.maximumBytes))
    } catch .file(let fault) where Self.meansNoFile.contains(fault.errno) {
      own = IgnoreRules(lines: [])
    }
  }

  /// Nothing of that name, or no regular file: the walk refuses what is there.
  private static let meansNoFile: Set<Errno> = [.noSuchFileOrDirectory, .tooManySymbolicLinkLevels, .invalidArgument]

  /// The main file of a skill in any spelling, which nothing can leave out.
  static func isSkillMarkdown(_ path: String) -> Bool {
    path.utf8.count == 8 && path.lowercased() == "skill.md"
  }

  /// Why something stays out, or nil when it is packed.
  ///
  /// - Parameter inOpenedFolder: its folder is on the default list and was entered for one of its files only.
  func reason(for path: String, isFolder: Bool, inOpenedFolder: Bool) -> PackPlan.Skipped.Reason? {
    switch own.verdict(on: path, isFolder: isFolder) {
    case .ignored: .ignoredBySkillignore
    case .included: nil
    case nil: inOpenedFolder || defaults.verdict(on: path, isFolder: isFolder) == .ignored ? .ignoredByDefault : nil
    }
  }

  /// Whether `.skillignore` names something below a folder that is on the default list.
  func mayBringBack(below folder: String) -> Bool {
    own.includesSomething(below: folder)
  }
}
