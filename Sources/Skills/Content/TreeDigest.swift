import FoundationSubset

/// The digest of what a skill *contains*, whatever archive carried it: `t1:` and 44 characters of base64.
///
/// For every file, sorted by the UTF-8 bytes of its path, one line
///
///     <64 lower-case hex digits of SHA-256>  <mode>  <path>\n
///
/// with two spaces between the fields and the mode `644` or `755` (the owner's executable bit decides). The tree digest
/// is SHA-256 over all lines. Folders, times and owners do not count. See also `schemas/tree-digest.md`.
package struct TreeDigest: Hashable, Sendable, CustomStringConvertible {
  /// The text with its prefix.
  package let description: String

  package init(of manifest: FileManifest) {
    var hasher = Digest.Hasher()
    for entry in manifest.entries {
      let mode = entry.isExecutable ? "755" : "644"
      hasher.update(Array("\(entry.digest.hexadecimal)  \(mode)  \(entry.path)\n".utf8))
    }
    description = "t1:" + Data(hasher.finalize().bytes).base64EncodedString()
  }

  /// Reads the text form; nil unless it is `t1:` and the base64 of 32 bytes.
  package init?(_ text: String) {
    guard text.hasPrefix("t1:"), let bytes = Data(base64Encoded: String(text.dropFirst(3))),
      bytes.count == Digest.byteCount
    else { return nil }
    description = "t1:" + bytes.base64EncodedString()
    // Base64 can spell the same bytes in several ways, of which one is canonical.
    guard description == text else { return nil }
  }
}

extension TreeDigest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = TreeDigest(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a t1 tree digest")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
