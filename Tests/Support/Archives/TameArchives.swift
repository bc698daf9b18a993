/// An archive that is not canonical and yet good: what other programs write, and what the rules merely reduce.
package struct TameArchive: Sendable, CustomStringConvertible {
  package let name: String
  /// Of the files, sorted.
  package let paths: [String]
  package let executables: Set<String>
  package let bytes: [UInt8]

  package var description: String { name }

  init(_ name: String, _ paths: [String], executables: Set<String> = [], _ bytes: [UInt8]) {
    self.name = name
    self.paths = paths
    self.executables = executables
    self.bytes = bytes
  }
}

package enum TameArchives {
  package static let all: [TameArchive] = tar + zip

  package static let tar: [TameArchive] = [
    TameArchive("gzip with a name", ["SKILL.md"], named()),
    TameArchive(
      "modes of all kinds", ["SKILL.md", "a", "b", "c", "d"], executables: ["a", "c"],
      TarBuilder.skill {
        $0.file("a", mode: 0o6777)
        $0.file("b", mode: 0o1666)
        $0.file("c", mode: 0o100)
        $0.file("d", mode: 0o011)
      }.gzipped),
    TameArchive(
      "folders, also empty ones", ["SKILL.md", "a/b/c"],
      TarBuilder.skill {
        $0.folder("a/")
        $0.folder("a/b")
        $0.file("a/b/c")
        $0.folder("empty/")
      }.gzipped),
    TameArchive(
      "times in pax headers", ["SKILL.md", "a"],
      TarBuilder.skill {
        $0.pax([("mtime", "1700000000.123456789"), ("atime", "0"), ("ctime", "1.5"), ("size", "1")])
        $0.file("a")
      }.gzipped),
    TameArchive(
      "paths beyond ASCII", ["SKILL.md", "ä/日本.md", "é.txt", "😀"],
      TarBuilder.skill {
        $0.file("😀")
        $0.file("é.txt")
        $0.paxFile(Array("ä/日本.md".utf8))
      }.gzipped),
    TameArchive(
      "type NUL, no end of numbers, empty device fields", ["SKILL.md", "a"],
      TarBuilder.skill {
        var block = TarBlock("a", type: "\u{0}", size: 1)
        block.set(124, 12, "000000000001")
        block.set(329, 16, "")
        $0.add(block, [0x78])
      }.gzipped),
    TameArchive(
      "owners and padding to ten kilobytes", ["SKILL.md", "a"],
      TarBuilder.skill {
        var block = TarBlock("a", size: 1)
        block.set(108, 8, "0001750")
        block.set(265, 32, "somebody")
        $0.add(block, [0x78])
        $0.endBlocks = 18
      }.gzipped),
    TameArchive(
      "data in the padding of a file", ["SKILL.md", "a"],
      TarBuilder.skill {
        $0.file("a")
        $0.bytes[$0.bytes.count - 1] = 7
      }.gzipped),
    TameArchive("order of its own", ["SKILL.md", "a", "z"], unsorted()),
  ]

  package static let zip: [TameArchive] = [
    TameArchive("plain zip", ["SKILL.md", "a"], ZipBuilder.skill { $0.add("a") }.encoded),
    TameArchive(
      "zip with modes", ["SKILL.md", "a", "b", "c"], executables: ["a"],
      ZipBuilder.skill {
        $0.add("a") { $0.mode = 0o104777 }
        $0.add("b") { $0.mode = 0o644 }
        $0.add("c") { ($0.host, $0.mode, $0.dosAttributes) = (0, 0, 0x20) }
      }.encoded),
    TameArchive(
      "zip with stored data, folders and names beyond ASCII", ["SKILL.md", "d/ä"],
      ZipBuilder.skill {
        $0.parts.append(.folder("d/"))
        $0.add("d/ä") { ($0.method, $0.data) = (0, [0x78]) }
      }.encoded),
    TameArchive(
      "zip with a name beyond ASCII that is not marked", ["SKILL.md", "é"],
      ZipBuilder.skill { $0.add("é") { ($0.flags, $0.host, $0.mode) = (0, 0, 0) } }.encoded),
    TameArchive("zip with descriptors", ["SKILL.md", "a", "b"], descriptors()),
    TameArchive(
      "zip with times in extra fields", ["SKILL.md", "a"],
      ZipBuilder.skill {
        $0.add("a") {
          let time = little(0x5455, 2) + little(5, 2) + [1] + little(1_700_000_000, 4)
          ($0.extra, $0.localExtra) = (time, time)
        }
      }.encoded),
    TameArchive(
      "zip with a directory of another order", ["SKILL.md", "a", "b"],
      ZipBuilder.skill {
        $0.add("b")
        $0.add("a")
      }.encoded),
  ]

  private static func named() -> [UInt8] {
    var gzip = Gzip(TarBuilder.skill().archive)
    gzip.header[3] = 8
    gzip.header[4] = 99
    gzip.header += Array("skill.tar\u{0}".utf8)
    return gzip.encoded
  }

  private static func unsorted() -> [UInt8] {
    var tar = TarBuilder()
    tar.file("z")
    tar.file("SKILL.md", TarBuilder.skillText)
    tar.file("a")
    return tar.gzipped
  }

  private static func descriptors() -> [UInt8] {
    ZipBuilder.skill {
      for (name, signature) in [("a", [0x50, 0x4B, 7, 8] as [UInt8]), ("b", [])] {
        $0.add(name) {
          $0.flags = 8
          $0.trailer = signature + little($0.crc, 4) + little($0.data.count, 4) + little($0.size, 4)
        }
      }
    }.encoded
  }
}
