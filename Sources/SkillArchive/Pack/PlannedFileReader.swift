import FileSystem
import Skills

/// Reads the files of a plan and hands them to the writer.
struct PlannedFileReader: ~Copyable {
  private var files: FolderFileReader<ArchiveError>
  private let buffer = Buffer()

  init(_ folder: Directory<PackError>) {
    files = FolderFileReader(Directory(folder))
  }

  mutating func write(_ file: PlannedFile, to writer: borrowing CanonicalWriter) throws(PackError) {
    let header = IncomingFile(path: file.path, size: file.size, isExecutable: file.isExecutable)
    switch file.origin {
    case .memory(let bytes):
      try packing { () throws(ArchiveError) in try writer.write(header, bytes: bytes) }
    case .disk(let path):
      let input = try packing { () throws(ArchiveError) in try files.open(path) }
      var isWhole = true
      do throws(ArchiveError) {
        try writer.write(header) { (writer) throws(ArchiveError) in
          isWhole = try copy(input, size: file.size, to: writer)
          // The archive is given up: libarchive would pad what is missing.
          if !isWhole { throw .library("the file changed") }
        }
      } catch {
        throw isWhole ? PackError(error) : .changed(file.path)
      }
    }
  }

  /// False when the file does not have the size that was planned.
  private func copy(
    _ input: borrowing OpenFile<ArchiveError>, size: Int, to writer: borrowing CanonicalWriter
  ) throws(ArchiveError) -> Bool {
    var left = size
    while true {
      let count = try input.read(into: buffer.bytes)
      if count == 0 { return left == 0 }
      if count > left { return false }
      try writer.content(buffer.prefix(count))
      left -= count
    }
  }
}
