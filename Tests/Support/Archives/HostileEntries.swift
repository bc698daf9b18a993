import SkillArchive

extension HostileArchives {
  static let links: [HostileArchive] =
    [("symbolic", "2"), ("hard", "1")].flatMap { (kind, type) -> [HostileArchive] in
      ["../../outside", "/etc", "SKILL.md", "."].map { target in
        .tar("AR2", "\(kind) link to \(target)", .linkEntry) { $0.entry("a", type: type, link: target) }
      }
    } + [
      .tar("AR2", "link and a write through it", .linkEntry) {
        $0.entry("door", type: "2", link: "/tmp")
        $0.file("door/evil")
      },
      .tar("AR2", "chain of links", .linkEntry) {
        $0.entry("a", type: "2", link: "b")
        $0.entry("b", type: "2", link: "..")
      },
      .tar("AR2", "hard link with content", .linkEntry) {
        $0.entry("a", type: "1", link: "SKILL.md", content: [0x78])
      },
      .tar("AR2", "regular file that names a link target", .strayLinkName) {
        $0.entry("a", type: "0", link: "../outside", content: [0x78])
      },
      .tar("AR2", "folder that names a link target", .strayLinkName) { $0.entry("a/", type: "5", link: "..") },
    ]

  static let types: [HostileArchive] =
    [
      ("AR3", "3", ArchiveRule.deviceEntry), ("AR3", "4", .deviceEntry), ("AR3", "6", .deviceEntry),
      ("AR3", "7", .deviceEntry), ("AR3", "D", .vendorEntry), ("AR3", "M", .vendorEntry), ("AR3", "V", .vendorEntry),
      ("AR3", "A", .vendorEntry), ("AR3", "N", .vendorEntry), ("AR3", "X", .vendorEntry), ("AR3", "E", .vendorEntry),
      ("AR3", "8", .unknownEntry), ("AR3", "9", .unknownEntry), ("AR3", "a", .unknownEntry),
      ("AR3", "\u{1}", .unknownEntry), ("AR3", "\u{FF}", .unknownEntry), ("AR3", " ", .unknownEntry),
      ("AR12", "S", .sparseEntry), ("AR15", "K", .longNameEntry), ("AR15", "L", .longNameEntry),
      ("AR14", "g", .globalHeader),
    ].map { threat, type, rule in
      let scalar = Unicode.Scalar(type) ?? "?"
      return .tar(threat, "entry of type \(type.debugDescription)", rule) { $0.entry("a", type: scalar) }
    } + [
      .tar("AR3", "main file as a device", .deviceEntry) { $0.entry("SKILL.md", type: "3") },
      .tar("AR3", "folder with content", .folderWithContent) { $0.entry("a/", type: "5", content: [0x78]) },
    ]

  static let collisions: [HostileArchive] =
    [
      ("README.md", "readme.md"), ("ß", "ss"), ("Straße", "STRASSE"), ("\u{FB01}x", "fix"), ("\u{2102}", "c"),
      ("\u{17F}", "s"), ("\u{FF21}", "a"), ("Σ", "ς"), ("\u{2460}", "1"), ("\u{B2}", "2"), ("É", "é"),
      ("A/x", "a/y"), ("a/B/x", "a/b/y"), ("Dir/x", "dir"), ("ﬀ/x", "FF/y"), ("\u{1E9E}", "ss"),
    ].map { first, second in
      .tar("AR5", "\(first) and \(second)", .collidingNames) {
        $0.file(first)
        $0.file(second)
      }
    } + [
      .tar("AR5", "folder entry in another case", .collidingNames) {
        $0.folder("Docs/")
        $0.file("docs/x")
      },
      .tar("AR10", "two files of one name", .duplicateName) {
        $0.file("a")
        $0.file("a")
      },
      .tar("AR10", "two folders of one name", .duplicateName) {
        $0.folder("a/")
        $0.folder("a/")
      },
      .tar("AR10", "second SKILL.md", .duplicateName) { $0.file("SKILL.md", Array("other".utf8)) },
      .tar("AR10", "second SKILL.md by pax path", .duplicateName) { $0.paxFile(Array("SKILL.md".utf8)) },
      .tar("AR10", "file, then folder", .fileAsFolder) {
        $0.file("a")
        $0.folder("a/")
      },
      .tar("AR10", "folder, then file", .fileAsFolder) {
        $0.folder("a/")
        $0.file("a")
      },
      .tar("AR10", "file, then a file in it", .fileAsFolder) {
        $0.file("a")
        $0.file("a/b")
      },
      .tar("AR10", "file in it, then the file", .fileAsFolder) {
        $0.file("a/b/c")
        $0.file("a/b")
      },
      .tar("AR10", "main file used as a folder", .fileAsFolder) { $0.file("SKILL.md/x") },
      .tar("AR10", "main file in lower case too", .misspelledSkillMarkdown) { $0.file("skill.md") },
      .tar("AR10", "main file in capitals too", .misspelledSkillMarkdown) { $0.file("SKILL.MD") },
      .tar("AR10", "folder named like the main file", .misspelledSkillMarkdown) { $0.folder("Skill.md/") },
      withoutMain("no SKILL.md", .missingSkillMarkdown) { $0.file("README.md") },
      withoutMain("SKILL.md below a wrapper", .missingSkillMarkdown) { $0.file("probe/SKILL.md") },
      withoutMain("SKILL.md as a folder", .missingSkillMarkdown) { $0.folder("SKILL.md/") },
      withoutMain("SKILL.md misspelled", .misspelledSkillMarkdown) { $0.file("Skill.md") },
      withoutMain("nothing at all", .missingSkillMarkdown) { _ in },
    ]

  private static func withoutMain(
    _ name: String, _ rule: ArchiveRule, _ build: (inout TarBuilder) -> Void
  ) -> HostileArchive {
    var tar = TarBuilder()
    build(&tar)
    return HostileArchive(threat: "AR10", name: name, rule: rule, bytes: tar.gzipped)
  }

  static let sizes: [HostileArchive] = [
    .tar("AR11", "bomb of zeros", .ratioExceeded) { $0.file("zeros", [UInt8](repeating: 0, count: 8 << 20)) },
    .tar("AR11", "bomb behind the end", .ratioExceeded) { $0.endBlocks = 16 << 10 },
    .tar("AR11", "2,001 entries", .entryLimit) { for index in 0..<2_000 { $0.file("f\(index)", []) } },
    .tar("AR11", "3,000 folders", .entryLimit) { for index in 0..<3_000 { $0.folder("d\(index)/") } },
    .tar("AR11", "file said to be 8 GiB", .fileLimit) { $0.add(TarBlock("big", size: 8 << 30 - 1)) },
    .tar("AR11", "file of one byte more than 50 MiB", .fileLimit) { $0.add(TarBlock("big", size: 50 << 20 + 1)) },
    HostileArchive(
      threat: "AR11", name: "SKILL.md of more than 1 MiB", rule: .skillMarkdownLimit,
      bytes: {
        var tar = TarBuilder()
        tar.add(TarBlock("SKILL.md", size: 1 << 20 + 1))
        return tar.gzipped
      }()),
  ]
}
