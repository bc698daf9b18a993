import SkillArchive

extension HostileArchives {
  static let zipNames: [HostileArchive] =
    badNames.filter { $0.name != Array("file/".utf8) }.map { bad in
      let label = String(decoding: bad.name, as: UTF8.self).debugDescription
      return .zip(bad.threat, "name \(label)", bad.rule) {
        var part = ZipPart(bad.name)
        part.flags = 0x800
        $0.parts.append(part)
      }
    } + [
      .zip("AR7", "name with a NUL", .nameNUL) { $0.add("good\u{0}evil") },
      .zip("AR10", "empty name", .nameEmpty) { $0.add("") },
      .zip("AR10", "two files of one name", .duplicateName) {
        $0.add("a")
        $0.add("a")
      },
      .zip("AR10", "second SKILL.md", .duplicateName) { $0.add("SKILL.md") },
      .zip("AR5", "names that fold to one", .collidingNames) {
        $0.add("Straße")
        $0.add("STRASSE")
      },
      .zip("AR10", "file and folder of one name", .fileAsFolder) {
        $0.add("a")
        $0.parts.append(.folder("a/"))
      },
      .zip("AR7", "name in Latin-1", .zipNameEncoding) { $0.parts.append(ZipPart([0xE9] as [UInt8])) },
      HostileArchive(
        threat: "AR10", name: "no SKILL.md (zip)", rule: .missingSkillMarkdown,
        bytes: {
          var zip = ZipBuilder()
          zip.add("README.md")
          return zip.encoded
        }()),
      HostileArchive(
        threat: "AR10", name: "no entries (zip)", rule: .missingSkillMarkdown, bytes: ZipBuilder().encoded),
    ]

  static let zipHeaders: [HostileArchive] =
    [
      part("AR2", "symbolic link", .linkEntry) { $0.mode = 0o120777 },
      part("AR3", "pipe", .deviceEntry) { $0.mode = 0o010644 },
      part("AR3", "device", .deviceEntry) { $0.mode = 0o020644 },
      part("AR3", "socket", .deviceEntry) { $0.mode = 0o140644 },
      part("AR3", "folder named like a file", .zipHeaderMismatch) { $0.mode = 0o040755 },
      part("AR3", "DOS folder named like a file", .zipHeaderMismatch) {
        ($0.host, $0.mode, $0.dosAttributes) = (0, 0, 16)
      },
      part("AR3", "unknown system", .zipHost) { $0.host = 7 },
      part("AR16", "encrypted", .zipEncrypted) { $0.flags = 1 },
      part("AR16", "strongly encrypted", .zipEncrypted) { $0.flags = 0x40 },
      part("AR16", "masked headers", .zipEncrypted) { $0.flags = 0x2000 },
      part("AR16", "patch data", .zipFlags) { $0.flags = 0x20 },
      part("AR16", "bzip2", .zipMethod) { $0.method = 12 },
      part("AR16", "LZMA", .zipMethod) { $0.method = 14 },
      part("AR16", "deflate64", .zipMethod) { $0.method = 9 },
      part("AR16", "zstd", .zipMethod) { $0.method = 93 },
      part("AR16", "AES", .zipMethod) { $0.method = 99 },
      part("AR13", "ZIP64 version", .zip64) { $0.version = 45 },
      part("AR13", "ZIP64 extra field", .zip64) { $0.extra = little(1, 2) + little(8, 2) + little(1, 8) },
      part("AR13", "ZIP64 extra field in the local header", .zip64) {
        $0.localExtra = little(1, 2) + little(8, 2) + little(1, 8)
      },
      part("AR13", "ZIP64 size", .zip64) { ($0.size, $0.localSize) = (0xFFFF_FFFF, 1) },
      part("AR18", "Unicode path in an extra field", .zipExtraField) {
        let field = little(0x7075, 2) + little(6, 2) + [1] + little(crc32($0.name), 4) + Array("b".utf8)
        ($0.extra, $0.localExtra) = (field, field)
      },
      part("AR18", "unknown extra field", .zipExtraField) { $0.extra = little(0x6C78, 2) + little(0, 2) },
      part("AR18", "extra field cut short", .zipExtraField) { $0.extra = little(0x5455, 2) + little(9, 2) },
      part("AR18", "extra field of three bytes", .zipExtraField) { $0.localExtra = [0x55, 0x54, 0] },
      part("AR16", "entry with a comment", .zipComment) { $0.comment = [0x78] },
      part("AR16", "entry on another disk", .zipMultiDisk) { $0.disk = 1 },
      part("AR18", "other name in the local header", .zipHeaderMismatch) { $0.localName = Array("b".utf8) },
      part("AR18", "longer name in the local header", .zipHeaderMismatch) { $0.localName += [0x62] },
      part("AR18", "other method in the local header", .zipHeaderMismatch) { $0.localMethod = 0 },
      part("AR18", "other flags in the local header", .zipHeaderMismatch) { $0.localFlags = 2 },
      part("AR18", "other size in the local header", .zipHeaderMismatch) { $0.localSize = 2 },
      part("AR18", "other checksum in the local header", .zipHeaderMismatch) { $0.localCRC = 1 },
      part("AR17", "wrong checksum in both", .checksumMismatch) { $0.crc ^= 1 },
      part("AR17", "size too small", .lengthMismatch) {
        $0.data = deflated(Array("longer".utf8))
        $0.size = 2
      },
      part("AR17", "size too large", .lengthMismatch) { $0.size = 9 },
      part("AR17", "damaged data", .corruptData) { $0.data = [0xFF, 0xFF, 0xFF, 0xFF] },
      part("AR17", "data behind the end of deflate", .corruptData) { $0.data += [1, 2, 3] },
      part("AR17", "data without an end", .corruptData) {
        $0.data = Array(deflated(Array("some text that is long enough".utf8)).dropLast(4))
        $0.size = 29
      },
      part("AR17", "stored with another size", .lengthMismatch) {
        ($0.method, $0.data, $0.size) = (0, [0x78, 0x78], 1)
      },
      part("AR18", "descriptor that disagrees", .zipHeaderMismatch) {
        $0.flags = 8
        $0.trailer = [0x50, 0x4B, 7, 8] + little(1, 4) + little($0.data.count, 4) + little($0.size, 4)
      },
      part("AR18", "descriptor that is missing", .zipHeaderMismatch) { $0.flags = 8 },
      part("AR10", "folder with content", .folderWithContent) {
        ($0.name, $0.localName, $0.mode) = (Array("d/".utf8), Array("d/".utf8), 0o040755)
      },
      part("AR11", "bomb of zeros", .ratioExceeded) {
        let zeros = [UInt8](repeating: 0, count: 8 << 20)
        ($0.data, $0.size, $0.crc) = (deflated(zeros), zeros.count, crc32(zeros))
      },
      part("AR11", "file said to be too large", .fileLimit) { $0.size = 50 << 20 + 1 },
    ]

  static let zipLayouts: [HostileArchive] = [
    .zip("AR16", "bytes before the first entry", .unknownContainer) { $0.prefix = Array("MZ program".utf8) },
    .zip("AR16", "entry before the first entry", .zipLayout) {
      $0.prefix = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 40)
    },
    .zip("AR16", "bytes behind the end record", .zipEnd) { $0.suffix = Array("more".utf8) },
    .zip("AR16", "archive comment", .zipEnd) { $0.comment = Array("comment".utf8) },
    .zip("AR16", "archive comment that is missing", .zipComment) { $0.commentLengthError = 3 },
    .zip("AR16", "second zip archive behind", .zipLayout) { $0.suffix = ZipBuilder.skill().encoded },
    .zip("AR16", "bytes between the entries", .zipLayout) {
      $0.parts[0].trailer = [1, 2, 3]
      $0.add("a")
    },
    .zip("AR16", "bytes before the directory", .zipLayout) { $0.gap = [1, 2, 3] },
    .zip("AR16", "bytes before the end record", .zipLayout) { $0.gapBeforeEnd = [1, 2, 3] },
    .zip("AR16", "entry that the directory does not know", .zipLayout) {
      var hidden = ZipBuilder()
      hidden.add("hidden")
      $0.gap = Array(hidden.encoded.prefix(40))
    },
    .zip("AR11", "two entries on the same data", .zipLayout) {
      $0.add("a")
      $0.add("b") { ($0.offset, $0.isStored) = (0, false) }
    },
    .zip("AR11", "entry inside another", .zipLayout) {
      $0.add("outer") {
        ($0.method, $0.data) = (0, ZipBuilder.skill().encoded)
        ($0.size, $0.crc) = ($0.data.count, crc32($0.data))
      }
      let offset = $0.parts[0].data.count + 38 + 35
      $0.add("SKILL2.md") { ($0.offset, $0.isStored) = (offset, false) }
    },
    .zip("AR16", "directory that begins elsewhere", .zipLayout) { $0.directoryOffsetError = 4 },
    .zip("AR16", "directory of another size", .zipLayout) { $0.directorySizeError = 4 },
    .zip("AR16", "one entry more than counted", .zipEnd) {
      $0.add("a")
      $0.countOffset = -1
    },
    .zip("AR16", "one entry fewer than counted", .zipEnd) { $0.countOffset = 1 },
    .zip("AR16", "several disks", .zipMultiDisk) { $0.disk = 1 },
    .zip("AR11", "2,001 entries", .entryLimit) { for index in 0..<2_000 { $0.add("f\(index)") } },
    HostileArchive(
      threat: "AR17", name: "no end record (zip)", rule: .zipEnd,
      bytes: Array(ZipBuilder.skill().encoded.dropLast(22))),
    HostileArchive(
      threat: "AR17", name: "end record cut short (zip)", rule: .zipEnd,
      bytes: Array(ZipBuilder.skill().encoded.dropLast(1))),
    HostileArchive(threat: "AR17", name: "local header alone (zip)", rule: .zipEnd, bytes: [0x50, 0x4B, 3, 4]),
  ]

  private static func part(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ change: (inout ZipPart) -> Void
  ) -> HostileArchive {
    .zip(threat, name, rule) { $0.add("a", change) }
  }
}
