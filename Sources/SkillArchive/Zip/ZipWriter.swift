import Skills

/// Writes a zip archive for clients that read nothing else, from an archive in canonical form.
///
/// The same archive always becomes the same bytes: entries in its order, deflate at one level, times of 1980-01-01,
/// Unix modes 0644 and 0755, names marked as UTF-8 where they are not ASCII, no folders, no extra fields, no comments.
package enum ZipWriter {
  /// - Parameter source: an archive of either format; only a canonical one gives a sorted result.
  package static func zip(
    _ source: ArchiveSource, limits: ArchiveLimits = .standard
  ) throws(ArchiveError) -> [UInt8] {
    var visitor = try ZipEncoder()
    try ArchiveWalk.walk(source, limits: limits.withoutDuration, visitor: &visitor)
    return visitor.finish()
  }
}

/// Appends entries to a zip archive in memory.
struct ZipEncoder: EntryVisitor, ~Copyable {
  private struct Record {
    var header: [UInt8]
    var name: [UInt8]
    var isExecutable: Bool
    var offset: Int
  }

  private static let versionNeeded: UInt16 = 20
  /// Unix, and the version of the format that this is.
  private static let versionMadeBy: UInt16 = 3 << 8 | 20
  /// 1980-01-01 00:00, the first time that the format knows.
  private static let dosTime: UInt16 = 0
  private static let dosDate: UInt16 = 1 << 5 | 1

  private let deflater: Deflater
  private var output: [UInt8] = []
  private var records: [Record] = []
  private var current = IncomingFile(path: .skillMarkdown, size: 0, isExecutable: false)
  private var start = 0
  private var crc = CRC32()

  init() throws(ArchiveError) {
    deflater = try Deflater.open()
  }

  mutating func begin(_ file: IncomingFile) {
    current = file
    start = output.count
    crc = CRC32()
    // The header before the data is written when the data is known.
    output.append(contentsOf: [UInt8](repeating: 0, count: ZipSignature.localBytes + file.path.string.utf8.count))
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    crc.update(bytes)
    try deflater.write(bytes, to: &output)
  }

  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError) {
    let name = Array(current.path.string.utf8)
    let dataStart = start + ZipSignature.localBytes + name.count
    if current.size > 0 { try deflater.finish(to: &output) }
    let header = header(name: name, compressedSize: output.count - dataStart)
    output.replaceSubrange(
      start..<dataStart, with: ZipSignature.local + header + [0, 0] + name)
    records.append(Record(header: header, name: name, isExecutable: current.isExecutable, offset: start))
  }

  mutating func finish() -> [UInt8] {
    let directory = output.count
    for record in records { append(record) }
    let size = output.count - directory
    output += ZipSignature.end
    for number in [0, 0, UInt16(records.count), UInt16(records.count)] { output.append(littleEndian: number) }
    output.append(littleEndian: UInt32(size))
    output.append(littleEndian: UInt32(directory))
    output.append(littleEndian: UInt16(0))
    return output
  }

  /// What both headers of an entry have in common: from the version needed to the length of the name.
  private func header(name: [UInt8], compressedSize: Int) -> [UInt8] {
    var header: [UInt8] = []
    let flags: ZipFlags = name.allSatisfy { $0 < 0x80 } ? [] : .utf8
    let method: ZipMethod = current.size > 0 ? .deflate : .stored
    for number in [Self.versionNeeded, flags.rawValue, method.rawValue, Self.dosTime, Self.dosDate] {
      header.append(littleEndian: number)
    }
    for number in [crc.value, UInt32(compressedSize), UInt32(current.size)] { header.append(littleEndian: number) }
    header.append(littleEndian: UInt16(name.count))
    return header
  }

  private mutating func append(_ record: Record) {
    output += ZipSignature.central
    output.append(littleEndian: Self.versionMadeBy)
    output += record.header
    // No extra field, no comment, first disk, no internal attributes.
    for _ in 0..<4 { output.append(littleEndian: UInt16(0)) }
    let mode: UInt32 = record.isExecutable ? 0o100755 : 0o100644
    output.append(littleEndian: mode << 16)
    output.append(littleEndian: UInt32(record.offset))
    output += record.name
  }
}
