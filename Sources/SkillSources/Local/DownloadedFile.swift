import Foundation
import SkillArchive
import Skills
import SystemPackage

/// What an address has delivered: an archive, or one SKILL.md, which its first bytes tell.
struct DownloadedFile: Sendable {
  var path: FilePath
  /// With an address.
  var source: SkillSource

  func read() throws(MeshError) -> SourceListing {
    let name = ArchiveFile.stem(of: source.description)
    var listing = SourceListing()
    if let text = try markdown() {
      listing.add(at: "") { () throws(MeshError) in
        try FileTree.skill(of: [PackedFile(path: .skillMarkdown, bytes: text)], at: SkillLocation(source: source))
      }
    } else {
      listing = try ArchiveFile(path: path, source: source, name: name).read()
    }
    listing.warnOfQuery(in: source)
    return listing
  }

  /// A file that begins as a SKILL.md does; nil for any other.
  private func markdown() throws(MeshError) -> [UInt8]? {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path.string))
      defer { try? file.close() }
      guard let bytes = try file.read(upToCount: SkillDocument.maximumBytes + 1), bytes.starts(with: Data("---".utf8))
      else { return nil }
      return Array(bytes)
    } catch {
      throw MeshError(.fileError, "cannot read '\(path)': \(error.localizedDescription)")
    }
  }
}
