import SkillArchive

extension HostileArchives {
  static let headers: [HostileArchive] =
    [
      field("AR17", "wrong checksum", .badChecksum) { $0.checksum = "000001\u{0} " },
      field("AR17", "checksum that is no number", .badChecksum) { $0.checksum = "zzzzzz\u{0} " },
      field("AR13", "size in base-256", .badNumber) { $0.set(124, 12, [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]) },
      field("AR13", "negative size in base-256", .badNumber) { $0.set(124, 12, [UInt8](repeating: 0xFF, count: 12)) },
      field("AR13", "negative size", .badNumber) { $0.size = "-0000000001" },
      field("AR13", "size that is no number", .badNumber) { $0.size = "not a size" },
      field("AR13", "size in decimal", .badNumber) { $0.size = "00000000009" },
      field("AR13", "empty size", .badNumber) { $0.size = "" },
      field("AR13", "size with a leading space", .badNumber) { $0.size = "          1" },
      field("AR13", "size with digits behind its end", .badNumber) { $0.size = "1\u{0}0000000777" },
      field("AR4", "mode that is no number", .badNumber) { $0.set(100, 8, "rwxr-xr") },
      field("AR14", "owner in base-256", .badNumber) { $0.set(108, 8, [0x80, 0, 0, 0, 0, 0, 1, 0]) },
      field("AR14", "time before 1970", .badNumber) { $0.set(136, 12, [UInt8](repeating: 0xFF, count: 12)) },
      field("AR3", "device number that is no number", .badNumber) { $0.set(329, 8, "xyz") },
      field("AR15", "GNU magic", .notUstar) { $0.set(257, 8, "ustar  \u{0}") },
      field("AR15", "no magic", .notUstar) { $0.set(257, 8, "") },
      field("AR15", "ustar of another version", .notUstar) { $0.set(257, 8, "ustar\u{0}99") },
      field("AR12", "bytes behind the prefix", .nonzeroPadding) { $0.set(500, 12, "tar") },
    ]

  private static func field(
    _ threat: String, _ name: String, _ rule: ArchiveRule, _ change: (inout TarBlock) -> Void
  ) -> HostileArchive {
    .tar(threat, name, rule) { tar in
      var block = TarBlock("file", size: 1)
      change(&block)
      tar.add(block, [0x78])
    }
  }

  static let extendedHeaders: [HostileArchive] =
    badRecords.map { threat, name, rule, body in
      .tar(threat, name, rule) {
        $0.pax(body)
        $0.file("file")
      }
    } + [
      .tar("AR14", "global header with a path", .globalHeader) {
        $0.pax([("path", "../evil")], type: "g")
        $0.file("file")
      },
      .tar("AR14", "extended header of 3 MB", .paxTooLarge) {
        $0.pax([("path", String(repeating: "a", count: 3 << 20))])
        $0.file("file")
      },
      .tar("AR14", "extended header at the end", .paxMisplaced) { $0.pax([("path", "a")]) },
      .tar("AR14", "two extended headers", .paxMisplaced) {
        $0.pax([("path", "a")])
        $0.pax([("path", "b")])
        $0.file("file")
      },
      .tar("AR15", "GNU long name behind an extended header", .longNameEntry) {
        $0.pax([("path", "a")])
        $0.longName(Array("b".utf8))
        $0.file("file")
      },
      .tar("AR15", "extended header behind a GNU long name", .longNameEntry) {
        $0.longName(Array("b".utf8))
        $0.pax([("path", "a")])
        $0.file("file")
      },
      .tar("AR15", "GNU long link cut short", .longNameEntry) {
        $0.add(TarBlock("././@LongLink", type: "K", size: 4_096), Array("a".utf8))
      },
      .tar("AR2", "link with a harmless pax path", .linkEntry) {
        $0.pax([("path", "a")])
        $0.entry("b", type: "2", link: "..")
      },
    ]

  private static let badRecords: [(String, String, ArchiveRule, [UInt8])] = {
    var records: [(String, String, ArchiveRule, [UInt8])] = []
    let keys = [
      "hdrcharset", "SCHILY.xattr.user.a", "LIBARCHIVE.xattr.user.a", "SCHILY.acl.access", "SCHILY.fflags", "linkpath",
      "uid", "gid", "uname", "gname", "comment", "SUN.holesdata", "LIBARCHIVE.creationtime", "Path", "MSWINDOWS.rawsd",
    ]
    for key in keys { records.append(("AR14", "pax key \(key)", .paxKey, record(key, "1"))) }
    for key in ["GNU.sparse.major", "GNU.sparse.map", "GNU.sparse.size", "GNU.sparse.numblocks", "GNU.sparse.name"] {
      records.append(("AR12", "pax key \(key)", .sparseEntry, record(key, "8589934592")))
    }
    for size in ["2", "0", "8589934592"] {
      records.append(("AR13", "pax size \(size) beside size 1", .paxSize, record("size", size)))
    }
    for size in ["-1", "+1", " 1", "0x1", "one", "", "9999999999999999999", "1.0"] {
      records.append(("AR13", "pax size \(size.debugDescription)", .paxValue, record("size", size)))
    }
    for time in ["-1", "99999999999", "now", "", "1.", "1.0000000000", "1e9", "."] {
      records.append(("AR14", "pax time \(time.debugDescription)", .paxValue, record("mtime", time)))
    }
    records.append(("AR14", "empty pax path", .paxValue, record("path", "")))
    records.append(("AR14", "path twice", .paxDuplicate, record("path", "a") + record("path", "b")))
    records.append(("AR14", "time twice", .paxDuplicate, record("mtime", "1") + record("mtime", "1")))
    let malformed = [
      "length too long": "99 path=a\n", "length too short": "9 path=ab\n", "length zero": "0 path=a\n",
      "length with a leading zero": "010 path=a\n", "no newline": "9 path=ab", "no equals sign": "9 path a\n",
      "no space": "9path=abc\n", "no key": "5 =a\n", "no length": " path=a\n", "NUL bytes": "\u{0}\u{0}\u{0}",
      "negative length": "-9 path=a\n", "length that overflows": "99999999999999999999 path=a\n",
      "hidden second record": "20 path=a\n9 path=b\n",
    ]
    for (name, text) in malformed.sorted(by: { $0.key < $1.key }) {
      records.append(("AR14", "pax record: \(name)", .paxMalformed, Array(text.utf8)))
    }
    records.append(("AR14", "empty pax header", .paxMalformed, []))
    return records
  }()

  private static func record(_ key: String, _ value: String) -> [UInt8] {
    TarBuilder.record(key, Array(value.utf8))
  }
}
