import SkillArchive

extension HostileArchives {
  /// Paths that no entry may have, with the rule that each breaks.
  static let badNames: [(threat: String, name: [UInt8], rule: ArchiveRule)] = {
    var names: [(String, String, ArchiveRule)] = []
    for path in ["../evil", "a/../../evil", "..", "a/..", "./x", "a/./b", "."] {
      names.append(("AR1", path, .nameClimbing))
    }
    for path in ["/etc/passwd", "//server/share"] { names.append(("AR1", path, .nameAbsolute)) }
    for path in [#"C:\x"#, "C:/x", #"\\server\share"#, #"a\b"#, #"..\evil"#] {
      names.append(("AR1", path, .nameForbiddenCharacter))
    }
    for path in ["CON", "con.txt", "aux.md", "a/NUL/b", "com1", "LPT9.log", "CONIN$", "com¹", "prn .txt"] {
      names.append(("AR6", path, .nameReserved))
    }
    for path in ["a.", "dir./x"] { names.append(("AR6", path, .nameTrailingDot)) }
    for path in ["a ", " a", "dir /x"] { names.append(("AR6", path, .nameSurroundingSpace)) }
    for path in ["a:b", "f::$DATA", "a*", "a?", "a\"b", "a<b", "a>b", "a|b"] {
      names.append(("AR6", path, .nameForbiddenCharacter))
    }
    for path in ["a\nb", "a\u{1B}[2Jb", "a\u{7}", "a\u{7F}", "a\u{85}b", "a\rb", "a\tb", "\u{9B}31m"] {
      names.append(("AR7", path, .nameControlCharacter))
    }
    let invisible = [
      "a\u{202E}b", "a\u{200B}b", "a\u{2066}b", "a\u{E0041}b", "\u{FEFF}a", "a\u{AD}b", "a\u{2028}b", "a\u{2029}b",
      "a\u{E000}b", "a\u{378}b", "a\u{200D}b", "a\u{10FFFF}b",
    ]
    for path in invisible { names.append(("AR8", path, .nameControlCharacter)) }
    for path in ["cafe\u{301}", "\u{212A}", "\u{1F71}", "a\u{340}"] { names.append(("AR5", path, .nameNotNormalized)) }
    names.append(("AR9", Array(repeating: "d", count: 17).joined(separator: "/"), .nameTooDeep))
    for path in [".git/config", ".GIT/hooks/x", "a/.git", ".agent-mesh.json", ".Agent-Mesh/x"] {
      names.append(("AR1", path, .nameOwnMarker))
    }
    for path in ["a//b", "file/"] { names.append(("AR10", path, .nameEmpty)) }
    let raw: [(String, [UInt8], ArchiveRule)] = [
      ("AR7", [0x61, 0xFF], .nameNotUTF8), ("AR7", [0xC0, 0xAF], .nameNotUTF8),
      ("AR7", [0xED, 0xA0, 0x80], .nameNotUTF8), ("AR7", [0xF4, 0x90, 0x80, 0x80], .nameNotUTF8),
    ]
    return names.map { ($0.0, Array($0.1.utf8), $0.2) } + raw
  }()

  /// The same bad names in a ustar header, in a pax header, and split over prefix and name.
  static let names: [HostileArchive] =
    badNames.flatMap { bad in
      let label = String(decoding: bad.name, as: UTF8.self).debugDescription
      return [
        HostileArchive.tar(bad.threat, "name \(label)", bad.rule) { $0.file(bad.name) },
        HostileArchive.tar(bad.threat, "pax path \(label)", bad.rule) { $0.paxFile(bad.name) },
      ]
    } + splitNames + longNames

  private static let splitNames: [HostileArchive] = [
    .tar("AR1", "climbing prefix", .nameClimbing) {
      var block = TarBlock("evil", size: 0)
      block.prefix = "../.."
      $0.add(block)
    },
    .tar("AR1", "absolute prefix", .nameAbsolute) {
      var block = TarBlock("passwd", size: 0)
      block.prefix = "/etc"
      $0.add(block)
    },
    .tar("AR1", "folder that climbs", .nameClimbing) { $0.folder("../x/") },
    .tar("AR1", "folder of everything", .nameClimbing) { $0.folder("./") },
    .tar("AR10", "empty name", .nameEmpty) { $0.file("") },
    .tar("AR10", "folder with two slashes", .nameEmpty) { $0.folder("a//") },
    .tar("AR7", "bytes behind the NUL of a name", .nameNUL) { $0.file(Array("good\u{0}../evil".utf8)) },
    .tar("AR7", "bytes behind the NUL of a prefix", .nameNUL) {
      var block = TarBlock("good")
      block.set(345, 155, "a\u{0}b")
      $0.add(block)
    },
    .tar("AR7", "NUL in a pax path", .nameNUL) { $0.paxFile(Array("good\u{0}evil".utf8)) },
  ]

  private static let longNames: [HostileArchive] = [
    .tar("AR9", "component of 201 bytes", .nameTooLong) { $0.paxFile([UInt8](repeating: 0x61, count: 201)) },
    .tar("AR9", "component of 300 bytes", .nameTooLong) { $0.paxFile([UInt8](repeating: 0x61, count: 300)) },
    .tar("AR9", "path of 241 bytes", .nameTooLong) {
      $0.paxFile([UInt8](repeating: 0x61, count: 120) + [0x2F] + [UInt8](repeating: 0x62, count: 120))
    },
    .tar("AR9", "path of 256 bytes in prefix and name", .nameTooLong) {
      var block = TarBlock([UInt8](repeating: 0x61, count: 100), size: 0)
      block.prefix = String(repeating: "b/", count: 77) + "b"
      $0.add(block)
    },
    .tar("AR9", "path of 5,000 bytes", .paxTooLarge) { $0.paxFile([UInt8](repeating: 0x61, count: 5_000)) },
    .tar("AR9", "long name of 2 MB", .longNameEntry) { $0.longName([UInt8](repeating: 0x61, count: 2 << 20)) },
    .tar("AR1", "climbing GNU long name", .longNameEntry) {
      $0.longName(Array("../../evil".utf8))
      $0.file("innocent")
    },
  ]
}
