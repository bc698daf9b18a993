/// Turns the header forms of other programs into the one that `TarHeader` reads.
enum ForeignHeader {
  private static let gnuMagic = Array("ustar  \u{0}".utf8)

  /// The block with GNU's magic replaced, and GNU's own fields behind the device numbers cleared.
  ///
  /// - Parameter type: Another type byte, for a header that is to be read as one of that type.
  /// - Throws: `bad-checksum` or `not-tar`, before anything is changed.
  static func modern(_ block: [UInt8], type: UInt8? = nil) throws(ArchiveRefusal) -> [UInt8] {
    let fields = TarFields(block)
    try fields.checkSum()
    var block = block
    if fields[.magic].elementsEqual(gnuMagic) {
      block.replaceSubrange(TarFields.Field.magic.range, with: TarFields.ustarMagic)
      let foreign = TarFields.Field.prefix.range.lowerBound..<TarHeader.blockSize
      block.replaceSubrange(foreign, with: repeatElement(0, count: foreign.count))
    }
    if let type { block[156] = type }
    let digits = String(TarFields.sum(of: block), radix: 8)
    let field = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "\u{0} "
    block.replaceSubrange(TarFields.Field.checksum.range, with: Array(field.utf8))
    return block
  }
}
