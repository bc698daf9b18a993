import Skills

/// Where the tar bytes go that libarchive writes: through our strict scan, then through zlib into memory.
///
/// The scan hashes the files, so packing reads and hashes every byte once, and an archive that our own reader would
/// refuse or not find canonical never leaves this class.
final class CanonicalSink {
  private(set) var failure: ArchiveError?
  private let limits: ArchiveLimits
  private var scanner: TarScanner
  private var visitor = InspectionVisitor()
  private var meter: Meter
  private let deflater: Deflater
  private var crc = CRC32()
  private var output = GzipHeader.canonical
  /// Whether a reader may, on the way, see more expansion than the limits allow.
  private var needsProof = false

  init(limits: ArchiveLimits) throws(ArchiveError) {
    self.limits = limits
    var metered = limits.withoutDuration
    metered.expansionRatio = .max
    meter = Meter(limits: metered)
    scanner = TarScanner(limits: limits)
    deflater = try Deflater.open()
  }

  /// False after a failure, which is kept.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do {
      try take(bytes)
      return true
    } catch {
      failure = failure ?? error
      return false
    }
  }

  func take(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    if let failure { throw failure }
    try meter.count(delivered: bytes.count, consumed: 0)
    try scanner.scan(bytes, visitor: &visitor)
    crc.update(bytes)
    try deflater.write(bytes, to: &output)
    // zlib holds back a block or so; half of the allowed ratio leaves room for that.
    if meter.delivered > limits.ratioFreeBytes, meter.delivered / limits.expansionRatio > output.count / 2 {
      needsProof = true
    }
  }

  func finish() throws(ArchiveError) -> PackedSkill {
    try scanner.finish()
    guard scanner.isCanonical else { throw .library("libarchive wrote an archive that is not in canonical form") }
    try deflater.finish(to: &output)
    output.append(littleEndian: crc.value)
    output.append(littleEndian: UInt32(truncatingIfNeeded: meter.delivered))
    guard output.count <= limits.compressedBytes else {
      throw .refused(.compressedLimit, "the archive is larger than \(limits.compressedBytes) bytes")
    }
    if needsProof { _ = try ArchiveInspector.inspect(.bytes(output), limits: limits) }
    let manifest = FileManifest(visitor.entries)
    return PackedSkill(
      bytes: output, digest: Digest(of: output), manifest: manifest, treeDigest: manifest.treeDigest,
      skillMarkdown: visitor.skillMarkdown)
  }
}
