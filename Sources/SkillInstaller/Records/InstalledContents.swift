import SkillArchive
import Skills
import SystemPackage

/// The files of one skill as they lie on the disk now.
package struct InstalledContents: Sendable {
  /// Without our own record.
  package let manifest: FileManifest
  /// Paths of what no skill holds: links, special files, names that are not allowed.
  package let strangers: [String]
  private let folder: Directory

  /// - Throws: `fileError` when anything in it cannot be read.
  init(_ folder: Directory) throws(MeshError) {
    let contents = try FolderContents(of: folder) { $0 == OwnershipMark.fileName }
    self.folder = folder
    manifest = contents.manifest
    strangers = contents.strangers.map(\.path)
  }

  /// Whether these are the files that a digest speaks of, and nothing else.
  func are(_ digest: TreeDigest) -> Bool { strangers.isEmpty && manifest.treeDigest == digest }

  /// The content of a file; nil when it has gone or has grown in the meantime.
  package func bytes(of entry: FileManifest.Entry) throws(MeshError) -> [UInt8]? { try folder.bytes(of: entry) }
}

extension InstalledContents {
  /// The files of a skill where agents read them; nil when no folder is there.
  package static func present(
    of skill: LockedSkill, in targets: InstallTargets
  ) throws(MeshError) -> InstalledContents? {
    if let source = targets.sourcePath(of: skill) {
      return try Directory.openIfPresent(source).map { folder throws(MeshError) in try InstalledContents(folder) }
    }
    return try present(skill.folder.rawValue, in: targets.open(Agent.sharedFolder)?.directory)
  }

  /// The files of a folder among those that all agents share; nil for what is no folder.
  static func present(_ name: String, in shared: Directory?) throws(MeshError) -> InstalledContents? {
    guard let shared, try shared.kind(of: name) == .directory else { return nil }
    return try InstalledContents(shared.child(name))
  }
}

extension Directory {
  /// The content of a file of a skill; nil when it has gone or has grown in the meantime.
  func bytes(of entry: FileManifest.Entry) throws(MeshError) -> [UInt8]? {
    var directory = self
    let components = entry.path.components
    for component in components.dropLast() { directory = try directory.child(String(component)) }
    return try components.last.flatMap { name throws(MeshError) in try directory.read(String(name), limit: entry.size) }
  }
}

extension InstallTargets {
  /// The source of a skill that agents read where it is; nil for one that is installed from elsewhere.
  func sourcePath(of skill: LockedSkill) -> FilePath? {
    guard isInPlace(skill), case .path(let text) = skill.source else { return nil }
    return absolutePath(of: text)
  }
}
