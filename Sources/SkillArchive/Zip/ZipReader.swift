import Skills

/// Our own reading of a zip archive: strictly one entry behind the other, each checked against the directory.
struct ZipReader: ~Copyable {
  private let source: SourceReader
  private let directory: ZipDirectory
  private let isForeign: Bool
  private var validator: EntryValidator
  private var meter: Meter
  private let input = Buffer()
  private let output = Buffer()

  private init(
    _ source: consuming SourceReader, limits: ArchiveLimits, holding: EntryValidator.Holding
  ) throws(ArchiveError) {
    isForeign = holding == .anything
    directory = try ZipDirectory(source, limits: limits, isForeign: isForeign)
    self.source = source
    validator = EntryValidator(limits: limits, holding: holding)
    meter = Meter(limits: limits)
  }

  static func walk(
    _ source: consuming SourceReader, limits: ArchiveLimits, holding: EntryValidator.Holding = .skill,
    visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    var reader = try ZipReader(source, limits: limits, holding: holding)
    try reader.walk(&visitor)
  }

  private mutating func walk(_ visitor: inout some EntryVisitor & ~Copyable) throws(ArchiveError) {
    var offset = 0
    for entry in directory.entries {
      guard entry.offset == offset else {
        throw .refused(.zipLayout, entry: entry.label, "it overlaps another entry or leaves a gap before it")
      }
      offset = try read(entry, &visitor)
      guard offset <= directory.offset else {
        throw .refused(.zipLayout, entry: entry.label, "it reaches into the directory")
      }
    }
    guard offset == directory.offset else {
      throw .refused(.zipLayout, "bytes stand between the last entry and the directory")
    }
    try refusing { () throws(ArchiveRefusal) in try validator.finish() }
  }

  /// Where the entry ends.
  private mutating func read(
    _ entry: ZipEntry, _ visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) -> Int {
    let start = try ZipLocalHeader.dataOffset(of: entry, in: source)
    let name = isForeign ? ForeignName(entry.name, isFolder: entry.kind == .folder) : nil
    if let reserved = name?.reserved {
      try refusing { () throws(ArchiveRefusal) in try validator.countEntry() }
      visitor.other(reserved)
    } else {
      try read(entry, named: name?.bytes ?? entry.name, at: start, &visitor)
    }
    return try ZipLocalHeader.end(of: entry, dataOffset: start, in: source)
  }

  private mutating func read(
    _ entry: ZipEntry, named name: [UInt8], at start: Int, _ visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    switch entry.kind {
    case .folder:
      if name.isEmpty { return }
      let path = try refusing { () throws(ArchiveRefusal) in try validator.admit(folder: name) }
      try visitor.folder(path)
      _ = try content(of: entry, at: start) { (_: UnsafeRawBufferPointer) throws(ArchiveError) in }
    case .link:
      let path = try refusing { () throws(ArchiveRefusal) in try validator.admit(file: name, size: 0) }
      visitor.other(OtherEntry(path: path.string, kind: .link))
    case .file:
      let path = try refusing { () throws(ArchiveRefusal) in try validator.admit(file: name, size: entry.size) }
      try visitor.begin(IncomingFile(path: path, size: entry.size, isExecutable: entry.isExecutable))
      let digest = try content(of: entry, at: start) { (bytes: UnsafeRawBufferPointer) throws(ArchiveError) in
        try visitor.content(bytes)
      }
      try visitor.end(
        FileManifest.Entry(path: path, size: entry.size, digest: digest, isExecutable: entry.isExecutable))
    }
  }

  private mutating func content(
    of entry: ZipEntry, at start: Int, _ deliver: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) -> Digest {
    var crc = CRC32()
    var hasher = Digest.Hasher()
    var delivered = 0
    try decompress(entry, at: start) { (bytes: UnsafeRawBufferPointer) throws(ArchiveError) in
      delivered += bytes.count
      guard delivered <= entry.size else {
        throw .refused(.lengthMismatch, entry: entry.label, "it holds more than its size says")
      }
      crc.update(bytes)
      hasher.update(bytes)
      try deliver(bytes)
    }
    guard delivered == entry.size else {
      throw .refused(.lengthMismatch, entry: entry.label, "it holds less than its size says")
    }
    guard crc.value == entry.crc else {
      throw .refused(.checksumMismatch, entry: entry.label, "its data does not match its checksum")
    }
    return hasher.finalize()
  }

  private mutating func decompress(
    _ entry: ZipEntry, at start: Int, _ deliver: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let inflater = entry.method == .deflate ? try Inflater.open() : nil
    let end = start + entry.compressedSize
    var offset = start
    var isFinished = false
    while offset < end {
      let wanted = min(input.bytes.count, end - offset)
      let count = try source.read(at: offset, into: .init(rebasing: input.bytes.prefix(wanted)))
      guard count == wanted else { throw .refused(.truncated, entry: entry.label, "its data is cut short") }
      var rest = input.prefix(count)
      if inflater == nil {
        offset += count
        try meter.count(delivered: count, consumed: offset)
        try deliver(rest)
      }
      while let step = try inflater?.step(rest, into: output.bytes) {
        offset += step.consumed
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.consumed))
        try meter.count(delivered: step.produced, consumed: offset)
        try deliver(output.prefix(step.produced))
        isFinished = step.isFinished
        if isFinished || step.produced == 0 { break }
      }
      if isFinished { break }
    }
    guard offset == end, isFinished || entry.method == .stored else {
      throw .refused(.corruptData, entry: entry.label, "its compressed data does not end where it should")
    }
  }
}
