import SkillArchive
import Skills
import SystemPackage

/// An archive on this disk, of whatever program's making.
struct ArchiveFile: Sendable {
  var path: FilePath
  var source: SkillSource
  /// What the archive is called, without its ending.
  var name: String

  /// Of an archive that may hold a whole repository.
  static var limits: ArchiveLimits {
    var limits = ArchiveLimits.standard
    limits.entries = 20_000
    limits.duration = .seconds(60)
    return limits
  }

  /// The last component of a path or an address without its ending, its query and its fragment.
  static func stem(of text: String) -> String {
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let last = String(path.split(separator: "/").last ?? "")
    let ending = SkillSource.archiveEndings.first { last.lowercased().hasSuffix($0) } ?? ""
    return String(last.dropLast(ending.count))
  }

  func read() throws(MeshError) -> SourceListing {
    let place = SkillLocation(source: source)
    var tree: FileTree
    do {
      tree = FileTree(try ForeignArchive.contents(of: .file(path), limits: Self.limits))
    } catch {
      throw MeshError(error, of: place.label)
    }
    if tree.folders != [""] { try tree.unwrap() }
    var listing = SourceListing()
    let folders = tree.folders
    if folders.count == SkillFolders.maximumFolders { listing.refuse("", FolderSearch.cutShort) }
    for folder in folders {
      let folderName = folder.split(separator: "/").last.map(String.init) ?? tree.name ?? name
      listing.add(at: folder) { () throws(MeshError) in
        var skill = try tree.skill(in: folder, at: SkillLocation(source: source, folderName: folderName))
        if folders.count > 1 { skill.source = source.naming(skill.suggestedFolder) }
        return skill
      }
    }
    return listing
  }
}
