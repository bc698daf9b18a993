/// Builds tar archives by hand, right or wrong.
package struct TarBuilder {
  package var bytes: [UInt8] = []
  /// Zero blocks at the end.
  package var endBlocks = 2

  package static let skillText = Array("---\nname: probe\ndescription: A skill that tests use.\n---\n\n# Probe\n".utf8)

  package init() {}

  /// An archive that begins with a good `SKILL.md`.
  package static func skill(_ build: (inout TarBuilder) -> Void = { _ in }) -> TarBuilder {
    var tar = TarBuilder()
    tar.file("SKILL.md", skillText)
    build(&tar)
    return tar
  }

  package mutating func add(_ block: TarBlock, _ content: [UInt8] = []) {
    bytes += block.encoded
    bytes += content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  package mutating func file(_ name: some Sequence<UInt8>, _ content: [UInt8] = [0x78], mode: Int = 0o644) {
    add(TarBlock(name, size: content.count, mode: mode), content)
  }

  package mutating func file(_ name: String, _ content: [UInt8] = [0x78], mode: Int = 0o644) {
    file(Array(name.utf8), content, mode: mode)
  }

  package mutating func folder(_ name: String) {
    add(TarBlock(name, type: "5", mode: 0o755))
  }

  /// An entry of any type, with a link target where one is given.
  package mutating func entry(_ name: String, type: Unicode.Scalar, link: String = "", content: [UInt8] = []) {
    var block = TarBlock(name, type: type, size: content.count)
    block.link = link
    add(block, content)
  }

  /// A pax header with these very bytes as its body.
  package mutating func pax(_ body: [UInt8], type: Unicode.Scalar = "x") {
    add(TarBlock("PaxHeaders/x", type: type, size: body.count), body)
  }

  package mutating func pax(_ records: [(String, String)], type: Unicode.Scalar = "x") {
    pax(records.flatMap { TarBuilder.record($0.0, Array($0.1.utf8)) }, type: type)
  }

  /// A file whose path only its pax header states.
  package mutating func paxFile(_ path: some Sequence<UInt8>, _ content: [UInt8] = [0x78]) {
    pax(TarBuilder.record("path", Array(path)))
    file("short", content)
  }

  package mutating func longName(_ name: [UInt8], type: Unicode.Scalar = "L") {
    add(TarBlock("././@LongLink", type: type, size: name.count + 1), name + [0])
  }

  package static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let content = Array(" \(key)=".utf8) + value + [0x0A]
    var length = content.count
    while "\(length)".utf8.count + content.count != length { length += 1 }
    return Array("\(length)".utf8) + content
  }

  /// The finished tar archive.
  package var archive: [UInt8] { bytes + [UInt8](repeating: 0, count: 512 * endBlocks) }

  package var gzipped: [UInt8] { Gzip(archive).encoded }
}
