/// One gzip member, and nothing else, taken apart as it is read.
///
/// zlib only inflates. The header, the checksum, the length and the end are checked here, because libarchive does not
/// look at them. Every byte that comes out has been counted against the limits.
struct GzipReader: ~Copyable {
  private enum Stage {
    case data
    case trailer
    case end
  }

  private let source: SourceReader
  private let inflater: Inflater
  private let input = Buffer()
  private var waiting = 0..<0
  private var offset = 0
  private var meter: Meter
  private var crc = CRC32()
  private var stage = Stage.data
  /// Whether the header is the one that our packer writes.
  let hasCanonicalHeader: Bool

  private init(_ source: consuming SourceReader, header: GzipHeader, meter: Meter) throws(ArchiveError) {
    self.source = source
    inflater = try Inflater.open()
    offset = header.count
    self.meter = meter
    hasCanonicalHeader = header.isCanonical
  }

  static func open(_ source: consuming SourceReader, limits: ArchiveLimits) throws(ArchiveError) -> GzipReader {
    let start = try source.bytes(at: 0, count: GzipHeader.maximumCount)
    let header = try GzipHeader(parsing: start)
    return try GzipReader(source, header: header, meter: Meter(limits: limits))
  }

  /// The number of bytes delivered; 0 says that the end was reached and that checksum and length are right.
  mutating func read(into output: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    while stage == .data {
      let produced = try inflate(into: output)
      if produced > 0 { return produced }
    }
    if stage == .trailer {
      try checkTrailer()
      stage = .end
    }
    return 0
  }

  private mutating func inflate(into output: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    if waiting.isEmpty { try fill() }
    let step = try inflater.step(.init(rebasing: input.bytes[waiting]), into: output)
    waiting = waiting.lowerBound + step.consumed..<waiting.upperBound
    if step.isFinished { stage = .trailer }
    guard step.produced > 0 else { return 0 }
    crc.update(.init(rebasing: output.prefix(step.produced)))
    try meter.count(delivered: step.produced, consumed: offset - waiting.count)
    return step.produced
  }

  private mutating func fill() throws(ArchiveError) {
    let count = try source.read(at: offset, into: input.bytes)
    if count == 0 { throw .refused(.truncated, "the archive ends in the middle of its data") }
    offset += count
    waiting = 0..<count
  }

  private func checkTrailer() throws(ArchiveError) {
    let rest = try source.bytes(at: offset - waiting.count, count: 10)
    guard rest.count >= 8 else { throw .refused(.truncated, "the archive ends before its checksum") }
    guard rest[0..<4].littleEndian == UInt64(crc.value) else {
      throw .refused(.checksumMismatch, "the data does not match its checksum")
    }
    guard rest[4..<8].littleEndian == UInt64(UInt32(truncatingIfNeeded: meter.delivered)) else {
      throw .refused(.lengthMismatch, "the data does not have the length that the archive states")
    }
    if rest.count == 8 { return }
    guard !rest[8...].elementsEqual([0x1F, 0x8B]) else {
      throw .refused(.secondMember, "a second gzip member follows the first")
    }
    throw .refused(.trailingBytes, "bytes follow the end of the archive")
  }
}
