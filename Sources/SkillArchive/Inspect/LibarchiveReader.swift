import CArchive
import Skills

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// libarchive as the second reader: lists an archive and hashes its files, by its own understanding alone.
struct LibarchiveReader: ~Copyable {
  private let library: agentmesh_archive
  private let handle: OpaquePointer
  private let stream: ByteStream

  private init(_ library: agentmesh_archive, adopting handle: OpaquePointer, stream: ByteStream) {
    self.library = library
    self.handle = handle
    self.stream = stream
  }

  deinit { _ = library.archive_read_free(handle) }

  /// Every entry up to the end mark; what stands behind it libarchive does not look at.
  static func listings(of stream: ByteStream, format: ArchiveFormat) throws(ArchiveError) -> [Listing] {
    try UTF8Locale.run { () throws(ArchiveError) in
      let reader = try open(stream, format: format)
      var listings: [Listing] = []
      while let listing = try reader.next() { listings.append(listing) }
      return listings
    }
  }

  private static func open(_ stream: ByteStream, format: ArchiveFormat) throws(ArchiveError) -> LibarchiveReader {
    let library = try Libarchive.functions()
    guard let handle = library.archive_read_new() else { throw .library("libarchive has no memory") }
    let reader = LibarchiveReader(library, adopting: handle, stream: stream)
    switch format {
    case .tarGzip:
      try reader.check(library.archive_read_support_format_tar(handle))
      try reader.check(library.archive_read_set_format_option(handle, "tar", "mac-ext", nil))
    case .zip:
      try reader.check(library.archive_read_support_format_zip_seekable(handle))
      try reader.check(library.archive_read_set_seek_callback(handle, seekCallback))
    }
    try reader.check(library.archive_read_set_read_callback(handle, readCallback))
    try reader.check(library.archive_read_set_callback_data(handle, Unmanaged.passUnretained(stream).toOpaque()))
    try reader.check(library.archive_read_open1(handle))
    return reader
  }

  private func next() throws(ArchiveError) -> Listing? {
    var entry: OpaquePointer?
    let status = library.archive_read_next_header(handle, &entry)
    if status == ARCHIVE_EOF, stream.failure == nil { return nil }
    try check(status)
    guard let entry, let name = library.archive_entry_pathname(entry) else {
      throw .refused(.parsersDisagree, "libarchive cannot read the name of an entry")
    }
    var bytes = UnsafeRawBufferPointer(start: name, count: strlen(name)).map(\.self)
    switch library.archive_entry_filetype(entry) {
    case S_IFREG where !isLinkOrSparse(entry):
      let (size, digest) = try content()
      guard size == Int(library.archive_entry_size(entry)) else {
        throw .refused(.parsersDisagree, entry: String(decoding: bytes, as: UTF8.self), "its size is not what it holds")
      }
      return Listing(name: bytes, isFolder: false, size: size, digest: digest)
    case S_IFDIR:
      if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
      return Listing(name: bytes, isFolder: true, size: 0, digest: nil)
    default:
      throw .refused(.parsersDisagree, entry: String(decoding: bytes, as: UTF8.self), "libarchive sees another type")
    }
  }

  private func isLinkOrSparse(_ entry: OpaquePointer) -> Bool {
    library.archive_entry_hardlink(entry) != nil || library.archive_entry_symlink(entry) != nil
      || library.archive_entry_sparse_count(entry) != 0
  }

  private func content() throws(ArchiveError) -> (size: Int, digest: Digest) {
    var hasher = Digest.Hasher()
    var size = 0
    while true {
      var start: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      let status = library.archive_read_data_block(handle, &start, &count, &offset)
      if status == ARCHIVE_EOF, stream.failure == nil { return (size, hasher.finalize()) }
      try check(status)
      guard offset == size else { throw .refused(.parsersDisagree, "libarchive sees a hole in a file") }
      hasher.update(UnsafeRawBufferPointer(start: start, count: count))
      size += count
    }
  }

  /// Everything but success is fatal: libarchive only warns of some faults.
  private func check(_ status: Int32) throws(ArchiveError) {
    if let failure = stream.failure { throw failure }
    if status == ARCHIVE_OK { return }
    if library.archive_errno(handle) == ENOMEM { throw .library("libarchive has no memory") }
    let message = library.archive_error_string(handle).map { String(cString: $0) } ?? "status \(status)"
    throw .refused(.parsersDisagree, "libarchive refuses the archive: \(message)")
  }
}

private func readCallback(
  _ handle: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ piece: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> Int {
  guard let context, let piece else { return -1 }
  guard let bytes = Unmanaged<ByteStream>.fromOpaque(context).takeUnretainedValue().next() else { return -1 }
  piece.pointee = bytes.baseAddress
  return bytes.count
}

private func seekCallback(
  _ handle: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32
) -> Int64 {
  guard let context else { return Int64(ARCHIVE_FATAL) }
  let stream = Unmanaged<ByteStream>.fromOpaque(context).takeUnretainedValue()
  return stream.seek(to: offset, from: whence) ?? Int64(ARCHIVE_FATAL)
}
