import Skills

/// Reads a tar archive of another program's making, header by header, into the rules of the dialect.
///
/// Some things are understood that the dialect does not have: the old GNU form of a header, GNU long names (`L`, `K`),
/// global headers that hold a comment alone (`git archive` writes the commit there), and vendor keys in pax headers,
/// which are dropped; and links, of which the path alone is kept. Everything else is judged by the dialect's own header
/// reader and validator.
struct ForeignTar {
  private let tar: [UInt8]
  private var offset = 0
  private var validator: EntryValidator
  private var longName: [UInt8]?
  private var extended: PaxRecords?
  private var found = ForeignArchive.Contents()

  init(_ tar: [UInt8], limits: ArchiveLimits) {
    self.tar = tar
    validator = EntryValidator(limits: limits, holding: .anything)
  }

  mutating func contents() throws(ArchiveError) -> ForeignArchive.Contents {
    while let block = try nextHeader() {
      if let file = try refusing({ () throws(ArchiveRefusal) in try take(block) }) { found.add(file) }
    }
    return found
  }

  /// Nil at the end mark, which zeros alone may follow.
  private mutating func nextHeader() throws(ArchiveError) -> [UInt8]? {
    guard offset < tar.count else { throw .refused(.missingEnd, "the archive has no end mark") }
    guard offset + TarHeader.blockSize <= tar.count else {
      throw .refused(.truncated, "the archive ends in the middle of an entry")
    }
    let block = tar[offset..<offset + TarHeader.blockSize]
    if block.contains(where: { $0 != 0 }) {
      offset = block.endIndex
      return Array(block)
    }
    guard extended == nil, longName == nil else {
      throw .refused(.paxMisplaced, "an extended header has no entry behind it")
    }
    let rest = tar[offset...]
    guard rest.count >= 2 * TarHeader.blockSize, rest.count.isMultiple(of: TarHeader.blockSize) else {
      throw .refused(.missingEnd, "the end mark of the archive is cut short")
    }
    guard rest.allSatisfy({ $0 == 0 }) else {
      throw .refused(.bytesAfterEnd, "the archive goes on after its end mark")
    }
    return nil
  }

  /// Nil for an entry that is no file.
  private mutating func take(_ block: [UInt8]) throws(ArchiveRefusal) -> PackedFile? {
    switch block[156] {
    case UInt8(ascii: "L"):
      try takeLongName(block)
      return nil
    case UInt8(ascii: "K"):
      // Where a link leads does not matter: it is never followed.
      _ = try longText(block)
      return nil
    case UInt8(ascii: "g"):
      try takeGlobal(block)
      return nil
    case UInt8(ascii: "1"), UInt8(ascii: "2"):
      try takeLink(block)
      return nil
    default:
      return try takeEntry(try TarHeader(try ForeignHeader.modern(block)))
    }
  }

  private mutating func takeEntry(_ header: TarHeader) throws(ArchiveRefusal) -> PackedFile? {
    if header.kind == .extended {
      try expectNothingPending()
      guard header.size > 0 else {
        throw ArchiveRefusal(.paxMalformed, entry: label(header.path), "its extended header is empty")
      }
      let body = try body(header.size, limit: PaxRecords.maximumForeignBytes, .paxTooLarge)
      extended = try PaxRecords(parsing: body, entry: label(header.path), toleratesVendors: true)
      return nil
    }
    if let size = extended?.size, size != header.size {
      throw ArchiveRefusal(.paxSize, entry: label(header.path), "its two headers state different sizes")
    }
    let name = takeName(header)
    if let reserved = name.reserved {
      try validator.countEntry()
      found.add(reserved)
      _ = try body(header.size, limit: .max, .fileLimit)
      return nil
    }
    if header.kind == .folder {
      // With the one slash that a folder's name ends with: of two, one would be an empty name.
      if !name.bytes.isEmpty { _ = try validator.admit(folder: name.bytes + "/".utf8) }
      return nil
    }
    let admitted = try validator.admit(file: name.bytes, size: header.size)
    let content = try body(header.size, limit: .max, .fileLimit)
    return PackedFile(path: admitted, bytes: content, isExecutable: header.isExecutable)
  }

  /// Counts in the validator as a file does, so that nothing can lie below or beside it under the same name.
  private mutating func takeLink(_ block: [UInt8]) throws(ArchiveRefusal) {
    let header = try TarHeader(try ForeignHeader.modern(block, type: UInt8(ascii: "x")))
    let name = takeName(header)
    guard header.size == 0 else { throw ArchiveRefusal(.linkEntry, entry: label(name.bytes), "a link has content") }
    if let reserved = name.reserved {
      try validator.countEntry()
      return found.add(reserved)
    }
    found.add(OtherEntry(path: try validator.admit(file: name.bytes, size: 0).string, kind: .link))
  }

  /// The name of the entry that a header begins, which stands in another header before it when it is long.
  private mutating func takeName(_ header: TarHeader) -> ForeignName {
    defer { (longName, extended) = (nil, nil) }
    return ForeignName(longName ?? extended?.path ?? header.path, isFolder: header.kind == .folder)
  }

  private mutating func takeLongName(_ block: [UInt8]) throws(ArchiveRefusal) {
    try expectNothingPending()
    longName = try longText(block)
  }

  /// A name or a target behind a header of its own.
  private mutating func longText(_ block: [UInt8]) throws(ArchiveRefusal) -> [UInt8] {
    let header = try TarHeader(try ForeignHeader.modern(block, type: UInt8(ascii: "x")))
    let body = try body(header.size, limit: PaxRecords.maximumBytes, .longNameEntry)
    guard body.last == 0, !body.dropLast().contains(0), body.count > 1 else {
      throw ArchiveRefusal(.longNameEntry, entry: label(header.path), "a long name does not end as it should")
    }
    return body.dropLast()
  }

  private mutating func takeGlobal(_ block: [UInt8]) throws(ArchiveRefusal) {
    try expectNothingPending()
    let header = try TarHeader(try ForeignHeader.modern(block, type: UInt8(ascii: "x")))
    let body = try body(header.size, limit: PaxRecords.maximumBytes, .paxTooLarge)
    guard try PaxRecords.isComment(body, entry: label(header.path)) else {
      throw ArchiveRefusal(
        .globalHeader, entry: label(header.path), "a header for all entries states more than a comment")
    }
  }

  private func expectNothingPending() throws(ArchiveRefusal) {
    guard extended == nil else {
      throw ArchiveRefusal(.paxMisplaced, "an extended header has no entry behind it")
    }
    guard longName == nil else { throw ArchiveRefusal(.longNameEntry, "a long name has no entry behind it") }
  }

  private mutating func body(
    _ size: Int, limit: Int, _ rule: ArchiveRule
  ) throws(ArchiveRefusal) -> [UInt8] {
    guard size <= limit else { throw ArchiveRefusal(rule, "a header has a body that is too large") }
    let padded = size + CanonicalHeader.padding(after: size)
    guard padded <= tar.count - offset else {
      throw ArchiveRefusal(.truncated, "the archive ends in the middle of an entry")
    }
    defer { offset += padded }
    return Array(tar[offset..<offset + size])
  }

  private func label(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}
