import Foundation
import SkillArchive
import Skills

/// One version as a registry lists it, right or wrong in every field.
struct FakeVersion: Sendable {
  var version: String
  var status = "published"
  var digest: String
  /// As it stands in the JSON, so that it need not be a number of bytes.
  var size: String
  var tree: String
  var publishedAt = "2026-01-02T03:04:05Z"
  var archive: [UInt8]
  var needs: [String] = []
  /// Why it is yanked or quarantined.
  var reason: String?

  /// A good version of `slug`.
  init(of slug: String, _ version: String, files: [String: String] = [:], executables: [String: String] = [:]) throws {
    let text = "---\nname: \(slug)\ndescription: A skill that tests use.\nversion: \(version)\n---\n\n# \(version)\n"
    var packed = [PackedFile(path: .skillMarkdown, bytes: Array(text.utf8))]
    for (path, content) in files {
      packed.append(PackedFile(path: try SkillPath(parsing: path), bytes: Array(content.utf8)))
    }
    for (path, content) in executables {
      packed.append(PackedFile(path: try SkillPath(parsing: path), bytes: Array(content.utf8), isExecutable: true))
    }
    self.init(version, try SkillPacker.pack(files: packed))
  }

  init(_ version: String, _ skill: PackedSkill) {
    self.version = version
    digest = "\(skill.digest)"
    size = "\(skill.bytes.count)"
    tree = "\(skill.treeDigest)"
    archive = skill.bytes
  }

  /// The same entry of the index with other bytes behind it, which digest and size describe truly.
  func carrying(_ bytes: [UInt8]) -> FakeVersion {
    var version = self
    version.archive = bytes
    version.digest = "\(Digest(of: bytes))"
    version.size = "\(bytes.count)"
    return version
  }

  var json: String {
    """
    {"version":"\(version)","status":"\(status)","digest":"\(digest)","size":\(size),"tree_digest":"\(tree)",\
    "published_at":"\(publishedAt)",\(reason.map { "\"reason\":\"\($0)\"," } ?? "")"dependencies":[\(needs.map { "\"\($0)\"" }.joined(separator: ","))],"a_key_of_the_future":[1]}
    """
  }
}

/// A skill as a registry has it.
struct FakeSkill: Sendable {
  var name: String
  var versions: [FakeVersion] = []

  var json: String {
    """
    {"name":"\(name)","is_private":false,"versions":[\(versions.map(\.json).joined(separator: ","))]}
    """
  }
}
