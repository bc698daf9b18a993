/// The second statement of an entry, in front of its data, which must repeat what the directory says.
enum ZipLocalHeader {
  /// Where the data of `entry` begins.
  static func dataOffset(of entry: ZipEntry, in source: borrowing SourceReader) throws(ArchiveError) -> Int {
    let fields = ZipFields(try source.bytes(at: entry.offset, count: ZipSignature.localBytes))
    guard fields.slice(0, ZipSignature.localBytes).count == ZipSignature.localBytes,
      fields.slice(0, 4).elementsEqual(ZipSignature.local)
    else { throw .refused(.zipLayout, entry: entry.label, "its local header is missing") }
    let (nameBytes, extraBytes) = (fields.number(26, 2), fields.number(28, 2))
    let variable = try source.bytes(at: entry.offset + ZipSignature.localBytes, count: nameBytes + extraBytes)
    guard variable.count == nameBytes + extraBytes else {
      throw .refused(.truncated, entry: entry.label, "its local header is cut short")
    }
    try refusing { () throws(ArchiveRefusal) in
      try ZipFields.checkExtra(variable[nameBytes...], entry: entry.label)
    }
    guard variable[..<nameBytes].elementsEqual(entry.name), agree(fields, entry) else {
      throw .refused(.zipHeaderMismatch, entry: entry.label, "its two headers disagree")
    }
    return entry.offset + ZipSignature.localBytes + nameBytes + extraBytes
  }

  /// Where `entry` ends: after its data, or after the descriptor that repeats sizes and checksum.
  static func end(
    of entry: ZipEntry, dataOffset: Int, in source: borrowing SourceReader
  ) throws(ArchiveError) -> Int {
    let end = dataOffset + entry.compressedSize
    guard entry.flags.contains(.descriptor) else { return end }
    let bytes = try source.bytes(at: end, count: 16)
    let isSigned = bytes.starts(with: ZipSignature.descriptor)
    let fields = ZipFields(isSigned ? bytes[4...] : bytes[...])
    guard fields.slice(0, 12).count == 12, fields.number(0, 4) == Int(entry.crc),
      fields.number(4, 4) == entry.compressedSize, fields.number(8, 4) == entry.size
    else { throw .refused(.zipHeaderMismatch, entry: entry.label, "its data descriptor disagrees with the directory") }
    return end + (isSigned ? 16 : 12)
  }

  private static func agree(_ fields: ZipFields, _ entry: ZipEntry) -> Bool {
    guard fields.number(4, 2) < 45, fields.number(6, 2) == Int(entry.flags.rawValue),
      fields.number(8, 2) == Int(entry.method.rawValue)
    else { return false }
    let stated = [fields.number(14, 4), fields.number(18, 4), fields.number(22, 4)]
    let known = [Int(entry.crc), entry.compressedSize, entry.size]
    // With a descriptor, the numbers come after the data and are zero here, or already right.
    if entry.flags.contains(.descriptor), zip(stated, known).allSatisfy({ $0 == 0 || $0 == $1 }) { return true }
    return stated == known
  }
}
