import Foundation
import SkillArchive
import Skills
import TestSupport

extension Misbehaviour {
  private static let hugeIndex = "[" + String(repeating: "1234567,", count: 5 << 18) + "1]"

  /// The index as a whole.
  static let indexes: [Misbehaviour] =
    [
      .index("HTML instead of the index", .networkError) { _, connection in
        try connection.reply(200, headers: ["Content-Type: text/html"], "<!doctype html><title>Log in</title>")
      },
      .index("no bytes of an index", .networkError, text: { "" }),
      .index("JSON that is no object", .networkError, text: { "[1,2]" }),
      .index("an object that is no index", .networkError, text: { #"{"skills":[]}"# }),
      .index("JSON that stops", .networkError, text: { String(FakeSkill(name: "acme/probe").json.dropLast(2)) }),
      .index("a huge index", .payloadTooLarge, text: { hugeIndex }),
      .index("deep JSON", .networkError, text: { String(repeating: "[", count: 1 << 20) }),
      .index("deep JSON behind an unknown key", .networkError) {
        #"{"name":"acme/probe","is_private":false,"versions":[],"x":"#
          + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000) + "}"
      },
      .index("a bomb of an index", .payloadTooLarge) { _, connection in
        try connection.reply(200, headers: ["Content-Encoding: gzip"], bomb)
      },
      .index("bytes that are not UTF-8", .networkError) { _, connection in
        try connection.reply(200, Array(#"{"name":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8))
      },
      .index("the index of another skill", .integrityError, text: { FakeSkill(name: "acme/other").json }),
      .index("the index of another author", .integrityError, text: { FakeSkill(name: "evil/probe").json }),
      .index("the index of a path", .integrityError, text: { FakeSkill(name: "acme/../probe").json }),
      .index("no versions at all", .gone, text: { FakeSkill(name: "acme/probe").json }),
      Misbehaviour(name: "the version twice, first the good one", code: .integrityError) { registry in
        try registry.publish("acme/probe", "2.0.0", files: ["evil.md": "evil"])
      },
      Misbehaviour(name: "the version twice but for its build", code: .integrityError) { registry in
        try registry.publish("acme/probe", "2.0.0+evil", files: ["evil.md": "evil"])
      },
      Misbehaviour(name: "the version twice, once withdrawn", code: .integrityError) { registry in
        try registry.publish("acme/probe", "2.0.0", files: ["evil.md": "evil"])
        registry.amend("acme/probe", "2.0.0") { $0.status = "withdrawn" }
      },
      Misbehaviour(name: "the skill gone altogether", code: .notFound) { registry in
        registry.change { $0.skills["acme/probe"] = nil }
      },
    ]
    + ["", "2", "2.0", "v2.0.0", "2.0.0.0", "02.0.0", "2.0.0 ", "../2.0.0", "99999999999999999999.0.0", "latest"].map {
      text in
      Misbehaviour(name: "a version that is none: '\(text)'", code: .integrityError) { registry in
        try registry.publish("acme/probe", "3.0.0")
        registry.amend("acme/probe", "3.0.0") { $0.version = text }
      }
    }

  /// One entry of the index.
  static let entries: [Misbehaviour] = [
    .entry("a wrong digest") { $0.digest = "sha256:" + String(repeating: "0", count: 64) },
    .entry("a digest of another kind", .networkError) { $0.digest = "md5:d41d8cd98f00b204e9800998ecf8427e" },
    .entry("a digest that is too short", .networkError) { $0.digest.removeLast() },
    .entry("no digest", .networkError) { $0.digest = "" },
    .entry("a wrong tree digest") { $0.tree = "t1:" + Data(repeating: 0, count: 32).base64EncodedString() },
    .entry("a tree digest of another kind", .networkError) { $0.tree = "h1:" + $0.tree.dropFirst(3) },
    .entry("a size that is one too small") { $0.size = "\($0.archive.count - 1)" },
    .entry("a size that is one too large") { $0.size = "\($0.archive.count + 1)" },
    .entry("a size of zero") { $0.size = "0" },
    .entry("a negative size") { $0.size = "-1" },
    .entry("the most negative size") { $0.size = "\(Int.min)" },
    .entry("the largest size") { $0.size = "\(Int.max)" },
    .entry("a size of a terabyte") { $0.size = "1099511627776" },
    .entry("a size beyond all numbers", .networkError) { $0.size = "1e300" },
    .entry("a size that is a text", .networkError) { $0.size = "\"100\"" },
    .entry("a size with a fraction", .networkError) { $0.size = "100.5" },
    .entry("no size", .networkError) { $0.size = "null" },
    .entry("a time that is none", .networkError) { $0.publishedAt = "yesterday" },
    .entry("withdrawn", .gone) { $0.status = "withdrawn" },
    .entry("a status that we do not know", .gone) { $0.status = "on_the_moon" },
    Misbehaviour(name: "withdrawn for the archive alone", code: .gone) { registry in
      registry.change {
        $0.answers["/2.0.0/download"] = { _, connection in
          try connection.reply(410, #"{"error":"gone","message":"the author took it back"}"#)
        }
      }
    },
  ]

  /// Archives that are what the index says and yet are not what a registry may store.
  static let archives: [Misbehaviour] = [
    .archive("an archive in another order") {
      var tar = TarBuilder()
      tar.file("z.md")
      tar.file("SKILL.md", TarBuilder.skillText)
      return tar.gzipped
    },
    .archive("a zip archive") { ZipBuilder.skill { $0.add("a") }.encoded },
    .archive("a plain tar archive") { TarBuilder.skill().archive },
    .archive("an archive without SKILL.md") {
      var tar = TarBuilder()
      tar.file("README.md")
      return tar.gzipped
    },
    Misbehaviour(name: "a skill of another name inside", code: .integrityError) { registry in
      registry.change { $0.skills["acme/probe"]?.versions.removeLast() }
      let other = try FakeVersion(of: "impostor", "2.0.0")
      registry.change { $0.skills["acme/probe"]?.versions.append(other) }
    },
    Misbehaviour(name: "a SKILL.md that cannot be read", code: .integrityError) { registry in
      let packed = try SkillPacker.pack(files: [PackedFile(path: .skillMarkdown, bytes: Array("no fence".utf8))])
      registry.amend("acme/probe", "2.0.0") { $0 = FakeVersion("2.0.0", packed) }
    },
  ]
}
