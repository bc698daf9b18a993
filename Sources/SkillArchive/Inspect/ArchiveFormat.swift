/// The two containers, told apart by their first bytes and never by a name.
package enum ArchiveFormat: String, Hashable, Sendable, CaseIterable {
  case tarGzip = "tar.gz"
  case zip

  static func detect(_ source: borrowing SourceReader) throws(ArchiveError) -> ArchiveFormat {
    let start = try source.bytes(at: 0, count: 4)
    if start.starts(with: [0x1F, 0x8B]) { return .tarGzip }
    // Local header, or the end record of an archive without entries.
    if start == Array("PK\u{3}\u{4}".utf8) || start == Array("PK\u{5}\u{6}".utf8) { return .zip }
    throw .refused(.unknownContainer, "it is neither a gzip-compressed tar archive nor a zip archive")
  }
}
