/// The reasons for which an archive is refused, one stable code each.
///
/// The codes are public: they stand in error bodies, in JSON output and in tests.
package enum ArchiveRule: String, Hashable, Sendable, CaseIterable {
  // The container.
  case unknownContainer = "unknown-container"
  case gzipHeader = "gzip-header"
  case corruptData = "corrupt-data"
  case truncated
  case checksumMismatch = "checksum-mismatch"
  case lengthMismatch = "length-mismatch"
  case secondMember = "second-member"
  case trailingBytes = "trailing-bytes"

  // Tar headers.
  case notTar = "not-tar"
  case notUstar = "not-ustar"
  case badChecksum = "bad-checksum"
  case badNumber = "bad-number"
  case nonzeroPadding = "nonzero-padding"
  case strayLinkName = "stray-link-name"
  case folderWithContent = "folder-with-content"
  case missingEnd = "missing-end"
  case bytesAfterEnd = "bytes-after-end"

  // Entry types.
  case linkEntry = "link-entry"
  case deviceEntry = "device-entry"
  case globalHeader = "global-header"
  case longNameEntry = "long-name-entry"
  case sparseEntry = "sparse-entry"
  case vendorEntry = "vendor-entry"
  case unknownEntry = "unknown-entry"

  // Extended headers.
  case paxMalformed = "pax-malformed"
  case paxKey = "pax-key"
  case paxDuplicate = "pax-duplicate"
  case paxValue = "pax-value"
  case paxSize = "pax-size"
  case paxTooLarge = "pax-too-large"
  case paxMisplaced = "pax-misplaced"

  // Names.
  case nameNUL = "name-nul"
  case nameNotUTF8 = "name-not-utf8"
  case nameNotNormalized = "name-not-normalized"
  case nameEmpty = "name-empty"
  case nameAbsolute = "name-absolute"
  case nameClimbing = "name-climbing"
  case nameTooLong = "name-too-long"
  case nameTooDeep = "name-too-deep"
  case nameForbiddenCharacter = "name-forbidden-character"
  case nameControlCharacter = "name-control-character"
  case nameSurroundingSpace = "name-surrounding-space"
  case nameTrailingDot = "name-trailing-dot"
  case nameReserved = "name-reserved"
  case nameOwnMarker = "name-own-marker"

  // The set of names.
  case duplicateName = "duplicate-name"
  case collidingNames = "colliding-names"
  case fileAsFolder = "file-as-folder"
  case missingSkillMarkdown = "missing-skill-markdown"
  case misspelledSkillMarkdown = "misspelled-skill-markdown"

  // Limits.
  case compressedLimit = "compressed-limit"
  case deliveredLimit = "delivered-limit"
  case ratioExceeded = "ratio-exceeded"
  case entryLimit = "entry-limit"
  case fileLimit = "file-limit"
  case skillMarkdownLimit = "skill-markdown-limit"
  case timeLimit = "time-limit"

  // Zip only.
  case zipEnd = "zip-end"
  case zipMultiDisk = "zip-multi-disk"
  case zip64
  case zipEncrypted = "zip-encrypted"
  case zipFlags = "zip-flags"
  case zipMethod = "zip-method"
  case zipExtraField = "zip-extra-field"
  case zipComment = "zip-comment"
  case zipHost = "zip-host"
  case zipNameEncoding = "zip-name-encoding"
  case zipHeaderMismatch = "zip-header-mismatch"
  case zipLayout = "zip-layout"

  // The second reader.
  case parsersDisagree = "parsers-disagree"
}
