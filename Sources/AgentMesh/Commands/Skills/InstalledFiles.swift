import Foundation
import SkillArchive
import SkillInstaller
import Skills
import SystemPackage

/// The files of an installed skill as they are on the disk.
struct InstalledFiles {
  private(set) var files: [SkillPath: SkillFile] = [:]
  /// Paths of links and of other things that no skill can hold.
  let strangers: [String]

  /// - Parameter archive: What was installed; a file that is the same there is not read again.
  init(of skill: LockedSkill, in targets: InstallTargets, knowing archive: ArchiveContents) throws {
    let folder = Self.folder(of: skill, in: targets)
    let directory: Directory
    do {
      directory = try Directory.open(folder)
    } catch {
      throw MeshError(
        .notInstalled, "there is no folder '\(TerminalText.escaped(folder.string))'",
        hint: "Bring it back: agent-mesh skills install.")
    }
    let contents: FolderContents
    do {
      contents = try FolderContents(of: directory.descriptor) { $0 == OwnershipMark.fileName }
    } catch {
      throw MeshError(.fileError, "cannot read '\(TerminalText.escaped(folder.string))': \(error)")
    }
    strangers = contents.strangers.map(\.path).sorted()
    for entry in contents.manifest.entries {
      let known = archive.inspected.manifest[entry.path]
      let bytes = known?.digest == entry.digest ? archive.files[entry.path] : nil
      files[entry.path] = SkillFile(
        try bytes ?? Self.read(entry.path, below: directory), isExecutable: entry.isExecutable)
    }
  }

  private static func folder(of skill: LockedSkill, in targets: InstallTargets) -> FilePath {
    guard targets.isInPlace(skill), case .path(let text) = skill.source else {
      return targets.sharedFolder.appending(skill.folder.rawValue)
    }
    return targets.place(of: text)
  }

  /// Through descriptors, so that no link is followed.
  private static func read(_ path: SkillPath, below root: Directory) throws(MeshError) -> [UInt8] {
    var directory = root
    for name in path.components.dropLast() { directory = try directory.child(String(name)) }
    let limit = ArchiveLimits.standard.fileBytes
    guard let name = path.components.last, let bytes = try directory.read(String(name), limit: limit) else {
      throw MeshError(.fileTooLarge, "'\(path)' has more than \(limit) bytes")
    }
    return bytes
  }
}
