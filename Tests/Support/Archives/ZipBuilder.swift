/// One entry of a zip archive, with everything that its two headers can say.
package struct ZipPart {
  package var name: [UInt8]
  package var localName: [UInt8]
  package var flags = 0
  package var localFlags: Int?
  package var method = 8
  package var localMethod: Int?
  package var version = 20
  package var host = 3
  package var mode = 0o100644
  package var dosAttributes = 0
  package var crc: UInt32
  package var localCRC: UInt32?
  package var size: Int
  package var localSize: Int?
  package var compressedSize: Int?
  package var data: [UInt8]
  package var localExtra: [UInt8] = []
  package var extra: [UInt8] = []
  package var comment: [UInt8] = []
  package var disk = 0
  /// Bytes between the data of this entry and what follows.
  package var trailer: [UInt8] = []
  /// Where the directory says the local header is; nil is the truth.
  package var offset: Int?
  /// Whether a local header and data are written at all.
  package var isStored = true

  package init(_ name: some Sequence<UInt8>, _ content: [UInt8] = [0x78]) {
    self.name = Array(name)
    localName = self.name
    crc = crc32(content)
    size = content.count
    data = deflated(content)
  }

  package init(_ name: String, _ content: [UInt8] = [0x78]) {
    self.init(Array(name.utf8), content)
    if !name.utf8.allSatisfy({ $0 < 0x80 }) { flags = 0x800 }
  }

  package static func folder(_ name: String) -> ZipPart {
    var part = ZipPart(name, [])
    part.method = 0
    part.data = []
    part.mode = 0o040755
    return part
  }
}

/// Builds zip archives by hand, right or wrong.
package struct ZipBuilder {
  package var parts: [ZipPart] = []
  package var prefix: [UInt8] = []
  package var suffix: [UInt8] = []
  package var comment: [UInt8] = []
  package var commentLengthError = 0
  /// Bytes between the last entry and the directory, and between the directory and the end record.
  package var gap: [UInt8] = []
  package var gapBeforeEnd: [UInt8] = []
  package var countOffset = 0
  package var disk = 0
  package var directoryOffsetError = 0
  package var directorySizeError = 0

  package init() {}

  /// An archive that begins with a good `SKILL.md`.
  package static func skill(_ build: (inout ZipBuilder) -> Void = { _ in }) -> ZipBuilder {
    var zip = ZipBuilder()
    zip.parts.append(ZipPart("SKILL.md", TarBuilder.skillText))
    build(&zip)
    return zip
  }

  package mutating func add(_ name: String, _ change: (inout ZipPart) -> Void = { _ in }) {
    var part = ZipPart(name)
    change(&part)
    parts.append(part)
  }

  package var encoded: [UInt8] {
    var output = prefix
    var directory: [UInt8] = []
    for part in parts {
      directory += central(part, offset: part.offset ?? output.count)
      if part.isStored { output += local(part) + part.data + part.trailer }
    }
    output += gap
    let offset = output.count + directoryOffsetError
    output += directory + gapBeforeEnd
    let count = parts.count + countOffset
    output += [0x50, 0x4B, 5, 6] + little(disk, 2) + little(disk, 2) + little(count, 2) + little(count, 2)
    output += little(directory.count + directorySizeError, 4) + little(offset, 4)
    return output + little(comment.count + commentLengthError, 2) + comment + suffix
  }

  private func local(_ part: ZipPart) -> [UInt8] {
    [0x50, 0x4B, 3, 4] + little(part.version, 2) + little(part.localFlags ?? part.flags, 2)
      + little(part.localMethod ?? part.method, 2) + little(0, 2) + little(33, 2)
      + little(part.localCRC ?? part.crc, 4) + little(part.compressedSize ?? part.data.count, 4)
      + little(part.localSize ?? part.size, 4) + little(part.localName.count, 2)
      + little(part.localExtra.count, 2) + part.localName + part.localExtra
  }

  private func central(_ part: ZipPart, offset: Int) -> [UInt8] {
    let fixed: [UInt8] =
      [0x50, 0x4B, 1, 2, 20] + little(part.host, 1) + little(part.version, 2) + little(part.flags, 2)
    let sizes: [UInt8] =
      little(part.method, 2) + little(0, 2) + little(33, 2) + little(part.crc, 4)
      + little(part.compressedSize ?? part.data.count, 4) + little(part.size, 4)
    let lengths: [UInt8] =
      little(part.name.count, 2) + little(part.extra.count, 2) + little(part.comment.count, 2)
    let place: [UInt8] =
      little(part.disk, 2) + little(0, 2) + little(part.mode << 16 | part.dosAttributes, 4) + little(offset, 4)
    return fixed + sizes + lengths + place + part.name + part.extra + part.comment
  }
}
