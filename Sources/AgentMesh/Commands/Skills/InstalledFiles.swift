import SkillArchive
import SkillInstaller
import Skills

/// The files of an installed skill as they are on the disk.
struct InstalledFiles {
  private(set) var files: [SkillPath: SkillFile] = [:]
  /// Paths of links and of other things that no skill can hold.
  let strangers: [String]

  /// - Parameter archive: What was installed; a file that is the same there is not read again.
  init(of skill: LockedSkill, in targets: InstallTargets, knowing archive: ArchiveContents) throws {
    guard let contents = try InstalledContents.present(of: skill, in: targets) else {
      throw MeshError(
        .notInstalled, "there is no folder of \(skill.reference) here",
        hint: "Bring it back: agent-mesh skills install")
    }
    strangers = contents.strangers.sorted()
    for entry in contents.manifest.entries {
      let known = archive.inspected.manifest[entry.path]
      let bytes = known?.digest == entry.digest ? archive.files[entry.path] : nil
      files[entry.path] = SkillFile(try bytes ?? Self.read(entry, of: contents), isExecutable: entry.isExecutable)
    }
  }

  private static func read(
    _ entry: FileManifest.Entry, of contents: InstalledContents
  ) throws(MeshError) -> [UInt8] {
    let limit = ArchiveLimits.standard.fileBytes
    guard entry.size <= limit else { throw MeshError(.fileTooLarge, "'\(entry.path)' has more than \(limit) bytes") }
    guard let bytes = try contents.bytes(of: entry) else {
      throw MeshError(.fileError, "'\(entry.path)' changes while it is read", hint: "Try again.")
    }
    return bytes
  }
}
