/// The end of a zip archive: the end record and the central directory, read strictly.
struct ZipDirectory {
  /// In the order in which their data stands in the archive.
  let entries: [ZipEntry]
  /// Where the directory begins, and so where the data of the last entry must end.
  let offset: Int

  init(_ source: borrowing SourceReader, limits: ArchiveLimits, isForeign: Bool) throws(ArchiveError) {
    let end = try Self.end(of: source)
    offset = end.offset
    guard end.count <= limits.entries else {
      throw .refused(.entryLimit, "the archive has more than \(limits.entries) entries")
    }
    let bytes = try source.bytes(at: end.offset, count: end.size)
    entries = try refusing { () throws(ArchiveRefusal) in
      try Self.entries(bytes, count: end.count, isForeign: isForeign)
    }
  }

  private static func entries(_ bytes: [UInt8], count: Int, isForeign: Bool) throws(ArchiveRefusal) -> [ZipEntry] {
    var entries: [ZipEntry] = []
    var rest = bytes[...]
    while entries.count < count {
      let entry = try ZipEntry(parsing: rest, isForeign: isForeign)
      rest = rest.dropFirst(entry.recordBytes)
      entries.append(entry)
    }
    guard rest.isEmpty else { throw ArchiveRefusal(.zipEnd, "the directory has more entries than the end record says") }
    return entries.sorted { $0.offset < $1.offset }
  }

  private struct End {
    var count: Int
    var size: Int
    var offset: Int
  }

  /// The end record is the last thing of the file, so there is no searching for it and no choice between two.
  private static func end(of source: borrowing SourceReader) throws(ArchiveError) -> End {
    let start = source.size - ZipSignature.endBytes
    let record = try source.bytes(at: max(0, start), count: ZipSignature.endBytes)
    guard start >= 0, record.starts(with: ZipSignature.end) else {
      throw .refused(.zipEnd, "the zip archive does not end with its end record")
    }
    let fields = ZipFields(record)
    let end = End(count: fields.number(10, 2), size: fields.number(12, 4), offset: fields.number(16, 4))
    guard fields.number(20, 2) == 0 else { throw .refused(.zipComment, "the zip archive has a comment") }
    guard end.count != 0xFFFF, end.size != 0xFFFF_FFFF, end.offset != 0xFFFF_FFFF else {
      throw .refused(.zip64, "ZIP64 is not allowed")
    }
    guard fields.number(4, 2) == 0, fields.number(6, 2) == 0, fields.number(8, 2) == end.count else {
      throw .refused(.zipMultiDisk, "the zip archive spans several disks")
    }
    guard end.offset + end.size == start else {
      throw .refused(.zipLayout, "the zip archive's directory does not end where its end record begins")
    }
    // Names are at most 240 bytes and extra fields few; a directory far larger than that is an attack on memory.
    guard end.size <= max(end.count, 1) * 4_096 else {
      throw .refused(.zipEnd, "the directory of the zip archive is too large")
    }
    return end
  }
}
