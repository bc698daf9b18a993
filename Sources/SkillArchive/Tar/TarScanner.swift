import Skills

/// Our own reading of a tar archive, pushed block by block: it decides what is allowed and trusts nobody else's view.
struct TarScanner {
  private enum State {
    case header
    /// Bytes of a pax header still to come, padding included.
    case extended(Int)
    case content(Int)
    case padding(Int)
    /// Zero bytes seen since the first zero block began.
    case ended(Int)
  }

  private var state = State.header
  private var block: [UInt8] = []
  private var validator: EntryValidator
  private var canonical = CanonicalCheck()

  /// Header blocks and body of the pax header that waits for its entry.
  private var extendedBlocks: [UInt8] = []
  private var extended: PaxRecords?
  private var extendedSize = 0
  private var extendedName = ""

  private var file = IncomingFile(path: .skillMarkdown, size: 0, isExecutable: false)
  private var hasher = Digest.Hasher()

  init(limits: ArchiveLimits) {
    validator = EntryValidator(limits: limits)
    block.reserveCapacity(TarHeader.blockSize)
  }

  /// Whether everything scanned is what our packer would have written; final after `finish()`.
  var isCanonical: Bool { canonical.holds }

  mutating func scan(
    _ chunk: UnsafeRawBufferPointer, visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    var rest = chunk
    while !rest.isEmpty {
      let used = try step(rest, &visitor)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(used))
    }
  }

  /// Called after the last byte.
  mutating func finish() throws(ArchiveError) {
    switch state {
    case .header where block.isEmpty && extended == nil:
      throw .refused(.missingEnd, "the archive has no end mark")
    case .ended(let count) where count >= 2 * TarHeader.blockSize && count.isMultiple(of: TarHeader.blockSize):
      canonical.end(zeroBytes: count)
      try refusing { () throws(ArchiveRefusal) in try validator.finish() }
    case .ended:
      throw .refused(.missingEnd, "the end mark of the archive is cut short")
    default:
      throw .refused(.truncated, "the archive ends in the middle of an entry")
    }
  }

  private mutating func step(
    _ bytes: UnsafeRawBufferPointer, _ visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) -> Int {
    switch state {
    case .header:
      let taken = bytes.prefix(TarHeader.blockSize - block.count)
      block.append(contentsOf: taken)
      if block.count == TarHeader.blockSize { try takeHeader(&visitor) }
      return taken.count
    case .extended(let left):
      let taken = bytes.prefix(left)
      extendedBlocks.append(contentsOf: taken)
      state = .extended(left - taken.count)
      if left == taken.count { try takeExtended() }
      return taken.count
    case .content(let left):
      let taken = UnsafeRawBufferPointer(rebasing: bytes.prefix(left))
      hasher.update(taken)
      try visitor.content(taken)
      state = .content(left - taken.count)
      if left == taken.count { try endFile(&visitor) }
      return taken.count
    case .padding(let left):
      let taken = bytes.prefix(left)
      canonical.padding(taken)
      state = left == taken.count ? .header : .padding(left - taken.count)
      return taken.count
    case .ended(let count):
      guard bytes.allSatisfy({ $0 == 0 }) else {
        throw .refused(.bytesAfterEnd, "the archive goes on after its end mark")
      }
      state = .ended(count + bytes.count)
      return bytes.count
    }
  }

  private mutating func takeHeader(_ visitor: inout some EntryVisitor & ~Copyable) throws(ArchiveError) {
    defer { block.removeAll(keepingCapacity: true) }
    if block.allSatisfy({ $0 == 0 }) {
      try expectNoExtended()
      state = .ended(TarHeader.blockSize)
      return
    }
    let header = try refusing { () throws(ArchiveRefusal) in try TarHeader(block) }
    switch header.kind {
    case .extended:
      try expectNoExtended()
      try beginExtended(header)
    case .folder:
      let path = try refusing { () throws(ArchiveRefusal) in
        try validator.admit(folder: try resolvedPath(of: header))
      }
      canonical.folder()
      forgetExtended()
      try visitor.folder(path)
    case .file:
      try beginFile(header, &visitor)
    }
  }

  private mutating func beginFile(
    _ header: TarHeader, _ visitor: inout some EntryVisitor & ~Copyable
  ) throws(ArchiveError) {
    let path = try refusing { () throws(ArchiveRefusal) in
      try validator.admit(file: try resolvedPath(of: header), size: header.size)
    }
    file = IncomingFile(path: path, size: header.size, isExecutable: header.isExecutable)
    canonical.file(file, blocks: extendedBlocks + block)
    forgetExtended()
    hasher = Digest.Hasher()
    try visitor.begin(file)
    state = .content(file.size)
    if file.size == 0 { try endFile(&visitor) }
  }

  private mutating func endFile(_ visitor: inout some EntryVisitor & ~Copyable) throws(ArchiveError) {
    let entry = FileManifest.Entry(
      path: file.path, size: file.size, digest: hasher.finalize(), isExecutable: file.isExecutable)
    try visitor.end(entry)
    let padding = CanonicalHeader.padding(after: file.size)
    state = padding == 0 ? .header : .padding(padding)
  }
}

// MARK: - Extended headers

extension TarScanner {
  private mutating func beginExtended(_ header: TarHeader) throws(ArchiveError) {
    extendedName = String(decoding: header.path, as: UTF8.self)
    guard header.size <= PaxRecords.maximumBytes else {
      throw .refused(.paxTooLarge, entry: extendedName, "its extended header is too large")
    }
    guard header.size > 0 else {
      throw .refused(.paxMalformed, entry: extendedName, "its extended header is empty")
    }
    extendedSize = header.size
    extendedBlocks = block
    state = .extended(header.size + CanonicalHeader.padding(after: header.size))
  }

  private mutating func takeExtended() throws(ArchiveError) {
    let body = Array(extendedBlocks[TarHeader.blockSize...].prefix(extendedSize))
    let name = extendedName
    extended = try refusing { () throws(ArchiveRefusal) in try PaxRecords(parsing: body, entry: name) }
    state = .header
  }

  private mutating func forgetExtended() {
    extended = nil
    extendedBlocks.removeAll(keepingCapacity: true)
  }

  private func expectNoExtended() throws(ArchiveError) {
    if extended == nil { return }
    throw .refused(.paxMisplaced, entry: extendedName, "an extended header has no entry behind it")
  }

  private func resolvedPath(of header: TarHeader) throws(ArchiveRefusal) -> [UInt8] {
    let path = extended?.path ?? header.path
    if let size = extended?.size, size != header.size {
      throw ArchiveRefusal(
        .paxSize, entry: String(decoding: path, as: UTF8.self), "its two headers state different sizes")
    }
    return path
  }
}
