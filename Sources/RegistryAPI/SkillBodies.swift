import FoundationSubset
import Skills

/// A skill as `GET /api/skills/{author}/{slug}` shows it.
///
/// `version`, `digest` and `has_files` speak of the newest one.
package struct SkillSummary: Codable, Sendable {
  package var id: String
  package var name: String
  package var slug: String
  package var description: String?
  package var author: String
  package var authorLogin: String
  package var version: String?
  package var isPrivate: Bool
  package var hasFiles: Bool
  /// Downloads of all its versions; nil where they are not reported.
  package var installs: Int?
  package var createdAt: Date
  package var updatedAt: Date
  package var digest: Digest?
  package var treeDigest: TreeDigest?
  /// Every version that can be installed, newest first.
  package var versions: [String]?

  package init(
    id: String, name: SkillName, description: String?, isPrivate: Bool, createdAt: Date, updatedAt: Date
  ) {
    self.id = id
    self.name = name.slug.rawValue
    slug = name.slug.rawValue
    self.description = description
    author = name.author.rawValue
    authorLogin = name.author.rawValue
    self.isPrivate = isPrivate
    hasFiles = false
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// Whether a version can be had.
package enum VersionStatus: String, Codable, Sendable {
  case published
  /// Not for new installs, says its author; whoever has it locked can still fetch it.
  case yanked
  /// Unpublished by its author: no longer served, its number never used again.
  case withdrawn
  /// Blocked by the operator of the registry, until that is undone.
  case quarantined

  /// Whether its archive is served.
  package var isServed: Bool { self == .published || self == .yanked }

  /// A status that a newer registry has is read as `withdrawn`: such a version is not to be had either.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    self = VersionStatus(rawValue: text) ?? .withdrawn
  }
}

/// One version with everything needed to fetch and check it.
package struct VersionSummary: Codable, Sendable {
  package var version: String
  package var status: VersionStatus
  package var publishedAt: Date
  /// Of the canonical tar.gz archive.
  package var digest: Digest
  /// Bytes of that archive.
  package var size: Int
  package var treeDigest: TreeDigest
  package var description: String?
  package var fileCount: Int
  /// How often its archive was fetched whole; nil where that is not reported.
  package var downloads: Int?
  package var url: String?

  package init(
    version: String, status: VersionStatus, publishedAt: Date, digest: Digest, size: Int, treeDigest: TreeDigest,
    description: String?, fileCount: Int
  ) {
    self.version = version
    self.status = status
    self.publishedAt = publishedAt
    self.digest = digest
    self.size = size
    self.treeDigest = treeDigest
    self.description = description
    self.fileCount = fileCount
  }
}

/// `GET …/versions`, newest first.
package struct VersionList: Codable, Sendable {
  package var versions: [VersionSummary]

  package init(versions: [VersionSummary]) {
    self.versions = versions
  }
}

/// `GET …/versions/{version}/files`, sorted by path.
package struct FileList: Codable, Sendable {
  package struct File: Codable, Sendable {
    package var path: String
    package var size: Int
    package var digest: Digest
    package var executable: Bool

    package init(_ entry: FileManifest.Entry) {
      path = entry.path.string
      size = entry.size
      digest = entry.digest
      executable = entry.isExecutable
    }
  }

  package var version: String
  package var treeDigest: TreeDigest
  package var files: [File]

  package init(version: String, manifest: FileManifest) {
    self.version = version
    treeDigest = manifest.treeDigest
    files = manifest.entries.map(File.init)
  }
}
