import Foundation
import RegistryClient
import Skills

/// What we record in a skill folder that we made: where it came from and what was in it.
///
/// Front matter is never trusted for any of this, and no archive may carry a file of this name.
package struct OwnershipMark: Codable, Sendable, Hashable {
  package static let fileName = ".agent-mesh.json"
  static let sizeLimit = 4 << 20
  private static let currentFormat = 1

  package struct File: Codable, Sendable, Hashable {
    package var path: String
    package var size: Int
    package var digest: Digest
    package var executable: Bool
  }

  /// Of this record's shape.
  package var format = currentFormat
  package var reference: String
  package var version: String
  package var registry: String
  package var digest: Digest
  package var treeDigest: TreeDigest
  package var isPrivate: Bool
  /// Folders, relative to the project, that hold a link to this one.
  package var links: [String]
  package var files: [File]

  enum CodingKeys: String, CodingKey {
    case format, reference, version, registry, digest, links, files
    case treeDigest = "tree_digest"
    case isPrivate = "is_private"
  }

  package init(
    name: SkillName, version: SemanticVersion, registry: String, digest: Digest, isPrivate: Bool, links: [String],
    manifest: FileManifest
  ) {
    reference = name.description
    self.version = version.description
    self.registry = registry
    self.digest = digest
    self.isPrivate = isPrivate
    treeDigest = manifest.treeDigest
    self.links = links.sorted()
    files = manifest.entries.map {
      File(path: $0.path.string, size: $0.size, digest: $0.digest, executable: $0.isExecutable)
    }
  }

  func encoded() throws(MeshError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + Array("\n".utf8)
    } catch {
      throw MeshError(.internalError, "the record of \(reference) cannot be written: \(error)")
    }
  }

  /// The mark of the skill `slug` in its folder; nil when there is none that we can have written.
  ///
  /// A cloned project may bring folders with marks, so that nothing in one is believed that could lead elsewhere: the
  /// reference names the folder it is in, and of the links only the folders of known agents count.
  static func read(in folder: Directory, of slug: SkillSlug) throws(MeshError) -> OwnershipMark? {
    guard let bytes = try folder.read(fileName, limit: sizeLimit),
      var mark = try? JSONDecoder().decode(OwnershipMark.self, from: Data(bytes)),
      mark.format == currentFormat, mark.name?.slug == slug, mark.semanticVersion != nil
    else { return nil }
    mark.links = mark.links.filter(Agent.linkedFolders.contains)
    return mark
  }

  package var name: SkillName? { try? SkillName(parsing: reference) }

  package var semanticVersion: SemanticVersion? { try? SemanticVersion(parsing: version) }
}
