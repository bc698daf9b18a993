import RegistryAPI
import Skills

/// An index document from the cache.
package struct CachedIndex: Sendable {
  package var document: IndexDocument
  /// Nil when the registry gave none.
  package var etag: String?
}

/// How a file of the cache holds an index document: a line each for the format, the SHA-256 of everything behind it,
/// the skill and the ETag, then the JSON.
enum IndexRecord {
  private static let format = "agent-mesh-index/1"
  /// Bytes of an ETag.
  private static let longestTag = 256
  /// Bytes of a whole file.
  static let limit = SkillCache.largestDocument + 1_024

  /// Nil for a document that is none of a skill, or too large to keep.
  static func encode(_ document: IndexDocument, etag: String?) -> (name: SkillName, bytes: [UInt8])? {
    guard let name = try? SkillName(parsing: document.name), let json = try? WireCoding.encode(document),
      json.count <= SkillCache.largestDocument
    else { return nil }
    let rest = Array("\(name)\n\(etag.flatMap(usable) ?? "")\n".utf8) + json
    return (name, Array("\(format)\n\(Digest(of: rest).hexadecimal)\n".utf8) + rest)
  }

  /// Nil unless every byte is as it was written, for this skill.
  static func decode(_ bytes: [UInt8], of name: SkillName) -> CachedIndex? {
    var rest = bytes[...]
    guard line(&rest) == format, let digest = line(&rest).flatMap({ Digest($0) }), Digest(of: rest) == digest,
      line(&rest) == name.description, let etag = line(&rest),
      let document = try? WireCoding.decode(IndexDocument.self, from: rest), document.name == name.description
    else { return nil }
    return CachedIndex(document: document, etag: etag.isEmpty ? nil : etag)
  }

  /// A tag that can stand in a header field and in a line; nil for anything else.
  static func usable(_ etag: String) -> String? {
    let isPlain = !etag.isEmpty && etag.utf8.count <= longestTag && etag.utf8.allSatisfy(\.isVisible)
    return isPlain ? etag : nil
  }

  private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return String(validating: rest[..<end], as: UTF8.self)
  }
}
