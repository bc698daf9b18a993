import FoundationSubset
import Skills

/// `GET /index/{author}/{slug}`: the one small document from which a client resolves and verifies a skill.
///
/// Versions stand in the order in which they were published. The answer has a strong ETag, so that a mirror or a CDN
/// can serve it; readers ignore keys that they do not know.
package struct IndexDocument: Codable, Sendable {
  package struct Version: Codable, Sendable {
    package var version: String
    package var status: VersionStatus
    package var digest: Digest
    package var size: Int
    package var treeDigest: TreeDigest
    package var publishedAt: Date
    /// References such as `acme/base@^1.2`, as the front matter names them.
    package var dependencies: [String]
    /// Why it is yanked or quarantined.
    package var reason: String?

    package init(_ summary: VersionSummary, dependencies: [String]) {
      version = summary.version
      status = summary.status
      digest = summary.digest
      size = summary.size
      treeDigest = summary.treeDigest
      publishedAt = summary.publishedAt
      self.dependencies = dependencies
    }
  }

  package var name: String
  package var isPrivate: Bool
  package var versions: [Version]
  /// What the skill is called now, where its registry leads from the name that was asked for to another one.
  ///
  /// A client fills it in and keeps it in its cache; no registry sends it.
  package var presentName: String?

  private enum CodingKeys: String, CodingKey {
    case name, isPrivate, versions, presentName
  }

  package init(name: SkillName, isPrivate: Bool, versions: [Version]) {
    self.name = name.description
    self.isPrivate = isPrivate
    self.versions = versions
  }

  /// - Throws: Also `CancellationError`: a document may be long.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    isPrivate = try container.decode(Bool.self, forKey: .isPrivate)
    presentName = try container.decodeIfPresent(String.self, forKey: .presentName)
    versions = []
    var list = try container.nestedUnkeyedContainer(forKey: .versions)
    while !list.isAtEnd {
      try Task.checkCancellation()
      var version = try list.decode(Version.self)
      // Most versions of a skill need the same, which is then held once.
      if let last = versions.last?.dependencies, last == version.dependencies { version.dependencies = last }
      versions.append(version)
    }
  }

  /// About how many bytes of memory it takes, together with what a resolver makes of it.
  package var footprint: Int {
    var (bytes, shared) = (name.utf8.count, [String]())
    for version in versions {
      bytes += Self.footprint(ofParsed: version.version) + (version.reason?.utf8.count ?? 0)
      if version.dependencies == shared { continue }
      shared = version.dependencies
      bytes += shared.reduce(0) { $0 + Self.footprint(ofParsed: $1) }
    }
    return bytes
  }

  /// Of a version or a reference, parsed: at worst every two characters of it become a value of its own.
  private static func footprint(ofParsed text: String) -> Int { 256 + 16 * text.utf8.count }
}

/// `POST /api/skills/latest`: the newest stable version of many skills in one go.
///
/// At most 500 names.
package struct LatestRequest: Codable, Sendable {
  package static let maximumNames = 500

  package var skills: [String]

  package init(skills: [String]) {
    self.skills = skills
  }
}

/// The answer, one entry for every name asked for and in its order; `version` is absent where there is none to be had.
package struct LatestResponse: Codable, Sendable {
  package struct Entry: Codable, Sendable {
    package var name: String
    package var version: String?

    package init(name: String, version: String?) {
      self.name = name
      self.version = version
    }
  }

  package var skills: [Entry]

  package init(skills: [Entry]) {
    self.skills = skills
  }
}
