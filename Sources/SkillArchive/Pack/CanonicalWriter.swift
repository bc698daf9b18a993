import CArchive
import Skills

/// libarchive as the writer of canonical archives.
///
/// libarchive writes plain ustar with every field set by us. Where ustar cannot hold a path, the pax header before the
/// entry is ours: libarchive's own would carry keys and names that change with its version.
struct CanonicalWriter: ~Copyable {
  /// AE_IFREG, a macro that Swift does not import.
  private static let regularFile: UInt32 = 0o100000

  private let library: agentmesh_archive
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let sink: CanonicalSink

  private init(
    _ library: agentmesh_archive, adopting archive: OpaquePointer, _ entry: OpaquePointer, sink: CanonicalSink
  ) {
    self.library = library
    self.archive = archive
    self.entry = entry
    self.sink = sink
  }

  deinit {
    library.archive_entry_free(entry)
    // Freeing also closes, which must not write the end of an archive that failed.
    _ = library.archive_write_fail(archive)
    _ = library.archive_write_free(archive)
  }

  static func open(limits: ArchiveLimits) throws(ArchiveError) -> CanonicalWriter {
    let library = try Libarchive.functions()
    let sink = try CanonicalSink(limits: limits)
    guard let archive = library.archive_write_new() else { throw .library("libarchive has no memory") }
    guard let entry = library.archive_entry_new() else {
      _ = library.archive_write_free(archive)
      throw .library("libarchive has no memory")
    }
    let writer = CanonicalWriter(library, adopting: archive, entry, sink: sink)
    try writer.check(library.archive_write_set_format_ustar(archive))
    try writer.check(library.archive_write_add_filter_none(archive))
    try writer.check(library.archive_write_set_bytes_per_block(archive, 0))
    try writer.check(
      library.archive_write_open(archive, Unmanaged.passUnretained(sink).toOpaque(), nil, writeCallback, nil))
    return writer
  }

  /// Writes one file; files must come in the order of their paths.
  ///
  /// - Parameter content: hands on exactly `file.size` bytes.
  func write(
    _ file: IncomingFile, content: (borrowing CanonicalWriter) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let extended = CanonicalHeader.extendedBlocks(for: file.path)
    if !extended.isEmpty { try hand(extended) }
    _ = library.archive_entry_clear(entry)
    library.archive_entry_set_pathname(entry, CanonicalHeader.ustarPath(for: file.path))
    library.archive_entry_set_filetype(entry, Self.regularFile)
    library.archive_entry_set_perm(entry, file.isExecutable ? 0o755 : 0o644)
    library.archive_entry_set_size(entry, Int64(file.size))
    library.archive_entry_set_mtime(entry, 0, 0)
    try check(library.archive_write_header(archive, entry))
    try content(self)
    try check(library.archive_write_finish_entry(archive))
  }

  func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    if bytes.isEmpty { return }
    let written = library.archive_write_data(archive, bytes.baseAddress, bytes.count)
    if let failure = sink.failure { throw failure }
    guard written == bytes.count else { throw .library("libarchive took \(written) of \(bytes.count) bytes") }
  }

  consuming func finish() throws(ArchiveError) -> PackedSkill {
    try check(library.archive_write_close(archive))
    return try sink.finish()
  }

  private func hand(_ blocks: [UInt8]) throws(ArchiveError) {
    let accepted = blocks.withUnsafeBytes { sink.accept($0) }
    if !accepted, let failure = sink.failure { throw failure }
  }

  private func check(_ status: Int32) throws(ArchiveError) {
    if let failure = sink.failure { throw failure }
    if status == ARCHIVE_OK { return }
    let message = library.archive_error_string(archive).map { String(cString: $0) } ?? "status \(status)"
    throw .library("libarchive cannot write the archive: \(message)")
  }
}

private func writeCallback(
  _ archive: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int {
  guard let context else { return -1 }
  let sink = Unmanaged<CanonicalSink>.fromOpaque(context).takeUnretainedValue()
  return sink.accept(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
}
