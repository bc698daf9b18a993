import FileSystem
import SkillArchive
import Skills
import SystemPackage

/// What an address has delivered: an archive, or one SKILL.md, which its first bytes tell.
struct DownloadedFile: Sendable {
  var path: FilePath
  /// With an address.
  var source: SkillSource

  func read() throws(MeshError) -> FoundSkills {
    let name = ArchiveFile.stem(of: source.description)
    var found = FoundSkills()
    if let text = try markdown() {
      found.add(at: "") { () throws(MeshError) in
        try FoundSkill(SkillContents(skillMarkdown: text), at: SkillLocation(source: source))
      }
    } else {
      found = try ArchiveFile(path: path, source: source, name: name).read()
    }
    found.warnOfQuery(in: source)
    return found
  }

  /// A file that begins as a SKILL.md does; nil for any other.
  private func markdown() throws(MeshError) -> [UInt8]? {
    let bytes = try OpenFile<MeshError>.open(path, followsLink: false).prefix(SkillDocument.maximumBytes + 1)
    return bytes.starts(with: "---".utf8) ? bytes : nil
  }
}
