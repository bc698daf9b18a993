import Foundation
import SkillArchive
import Skills
import SystemPackage

/// A folder or an archive on this disk.
struct LocalSource: Sendable {
  /// As `skills.json` has it, without the name of a skill: absolute, or relative to the project.
  var text: String
  /// Absolute.
  var project: FilePath

  func read() throws(MeshError) -> SourceListing {
    let place = project.pushing(FilePath(text)).lexicallyNormalized()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.string, isDirectory: &isFolder) else {
      throw MeshError(.notFound, "there is nothing at '\(TerminalText.escaped(place.string))'")
    }
    guard isFolder.boolValue else {
      return try ArchiveFile(path: place, source: .path(text), name: ArchiveFile.stem(of: text)).read()
    }
    var listing = SourceListing()
    let search = try FolderSearch(root: place).skills()
    if search.isCutShort { listing.refuse("", FolderSearch.cutShort) }
    for folder in search.found {
      listing.add(at: folder) { () throws(MeshError) in try skill(in: folder, below: place) }
    }
    return listing
  }

  private func skill(in folder: String, below root: FilePath) throws(MeshError) -> SourcedSkill {
    let path = root.pushing(FilePath(folder))
    let place = SkillLocation(
      source: .path(folder.isEmpty ? text : Self.joined(text, folder)), folderName: path.lastComponent?.string)
    let plan: PackPlan
    let packed: PackedSkill
    do {
      plan = try PackPlan(folder: path)
      packed = try SkillPacker.pack(try Self.allowingSecrets(plan))
    } catch {
      throw MeshError(error, of: place.label)
    }
    let links = plan.skipped.filter { $0.reason == .link }.map { Finding(leftOut: $0.path) }
    return try SourcedSkill(packed, at: place, noting: plan.secrets.map { Finding($0) } + links)
  }

  /// Secrets stop whoever publishes a skill; whoever uses it is only told.
  private static func allowingSecrets(_ plan: PackPlan) throws(PackError) -> PackPlan {
    if plan.secrets.isEmpty { return plan }
    var options = PackOptions()
    options.allowedSecrets = Set(plan.secrets.map(\.path))
    return try PackPlan(folder: plan.folder, options: options)
  }

  private static func joined(_ text: String, _ folder: String) -> String {
    text.hasSuffix("/") ? text + folder : "\(text)/\(folder)"
  }
}

extension Finding {
  fileprivate init(leftOut link: String) {
    self.init(
      .archiveRule, .warning, file: link, message: "is a link, and links are left out",
      remedy: "Put a copy of what it points to in its place")
  }
}
