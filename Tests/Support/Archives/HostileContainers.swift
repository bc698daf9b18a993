import SkillArchive

extension HostileArchives {
  private static let good = TarBuilder.skill { $0.file("a/b", Array("content".utf8)) }

  static let containers: [HostileArchive] = ends + members + gzipFaults + truncations

  private static let ends: [HostileArchive] = [
    container("AR16", "hidden entry behind the end", .bytesAfterEnd) {
      var hidden = TarBuilder()
      hidden.file("hidden")
      return Gzip(good.archive + hidden.archive).encoded
    },
    container("AR16", "entry behind one zero block", .bytesAfterEnd) {
      var hidden = TarBuilder()
      hidden.file("hidden")
      return Gzip(good.bytes + [UInt8](repeating: 0, count: 512) + hidden.archive).encoded
    },
    container("AR16", "garbage behind the end", .bytesAfterEnd) { Gzip(good.archive + [1, 2, 3]).encoded },
    container("AR16", "end that is not a whole block", .missingEnd) { Gzip(good.archive + [0, 0, 0]).encoded },
    container("AR17", "no end", .missingEnd) { Gzip(good.bytes).encoded },
    container("AR17", "one zero block as the end", .missingEnd) {
      Gzip(good.bytes + [UInt8](repeating: 0, count: 512)).encoded
    },
    container("AR17", "empty tar archive", .missingEnd) { Gzip([]).encoded },
    container("AR17", "entry cut short", .truncated) { Gzip(Array(good.bytes.dropLast(700))).encoded },
    container("AR17", "header cut short", .truncated) { Gzip(Array(good.bytes.dropLast(1_000))).encoded },
    container("AR17", "text instead of a tar archive", .notTar) {
      Gzip(Array(String(repeating: "no tar ", count: 200).utf8)).encoded
    },
    container("AR17", "text of less than one block", .truncated) { Gzip(Array("no tar".utf8)).encoded },
  ]

  private static let members: [HostileArchive] = [
    container("AR16", "second member", .secondMember) { good.gzipped + good.gzipped },
    container("AR16", "archive split over two members", .secondMember) {
      let half = good.archive.count / 2
      return Gzip(Array(good.archive.prefix(half))).encoded + Gzip(Array(good.archive.dropFirst(half))).encoded
    },
    container("AR16", "garbage behind the member", .trailingBytes) { good.gzipped + Array("garbage".utf8) },
    container("AR16", "zeros behind the member", .trailingBytes) { good.gzipped + [0, 0, 0, 0] },
    container("AR16", "zip behind the member", .trailingBytes) { good.gzipped + ZipBuilder.skill().encoded },
    container("AR16", "gzip in gzip", .notTar) {
      var noise = SplitMix64(seed: 1)
      return Gzip(Gzip((0..<4_096).map { _ in UInt8.random(in: 0...255, using: &noise) }).encoded).encoded
    },
    container("AR16", "plain tar", .unknownContainer) { good.archive },
    container("AR16", "bzip2", .unknownContainer) { Array("BZh91AY&SY".utf8) + good.archive },
    container("AR16", "xz", .unknownContainer) { [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0] + good.archive },
    container("AR16", "zstd", .unknownContainer) { [0x28, 0xB5, 0x2F, 0xFD] + good.archive },
    container("AR16", "7z", .unknownContainer) { [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C] + good.archive },
    container("AR16", "empty file", .unknownContainer) { [] },
    container("AR16", "bytes before the member", .unknownContainer) { Array("#!/bin/sh\n".utf8) + good.gzipped },
  ]

  private static let gzipFaults: [HostileArchive] =
    [
      gzip("AR17", "wrong checksum", .checksumMismatch) { $0.checksum ^= 1 },
      gzip("AR17", "checksum of zero", .checksumMismatch) { $0.checksum = 0 },
      gzip("AR17", "wrong length", .lengthMismatch) { $0.length += 1 },
      gzip("AR17", "length of zero", .lengthMismatch) { $0.length = 0 },
      gzip("AR17", "damaged data", .corruptData) { $0.body = [0xFF] + $0.body },
      gzip("AR17", "unknown method", .gzipHeader) { $0.header[2] = 7 },
      gzip("AR17", "name without an end", .gzipHeader) {
        $0.header[3] = 8
        $0.header += [UInt8](repeating: 0x61, count: 300)
      },
    ]
    + [("text", 1), ("header checksum", 2), ("extra field", 4), ("comment", 16), ("reserved", 32), ("reserved", 128)]
    .map { name, flag in
      gzip("AR17", "flag \(flag) (\(name))", .gzipHeader) { $0.header[3] = UInt8(flag) }
    }

  private static let truncations: [HostileArchive] =
    [1, 4, 7, 8, 9, 20, 60].map { count in
      container("AR17", "last \(count) bytes missing", .truncated) { Array(good.gzipped.dropLast(count)) }
    } + [
      container("AR17", "header of gzip alone", .truncated) { Array(good.gzipped.prefix(10)) },
      container("AR17", "two bytes", .truncated) { [0x1F, 0x8B] },
    ]

  private static func container(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ bytes: () -> [UInt8]
  ) -> HostileArchive {
    HostileArchive(threat: threat, name: name, rule: rule, bytes: bytes())
  }

  private static func gzip(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ change: (inout Gzip) -> Void
  ) -> HostileArchive {
    var gzip = Gzip(good.archive)
    change(&gzip)
    return HostileArchive(threat: threat, name: name, rule: rule, bytes: gzip.encoded)
  }
}
