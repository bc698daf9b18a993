import FileSystem
import Skills
import SystemPackage

/// Writes files below a folder that was empty, holding open the folder of the current file.
struct TreeWriter: EntryVisitor, ~Copyable {
  private var folders: FolderStack
  private var file: OpenFile<ArchiveError>?
  private var isExecutable = false
  private var written: [FileManifest.Entry] = []

  init(_ root: Directory<ArchiveError>) throws(ArchiveError) {
    guard try root.rawNames(limit: 1).isEmpty else { throw .file(FileError(.create, root.path, .directoryNotEmpty)) }
    folders = FolderStack(root)
  }

  mutating func begin(_ file: IncomingFile) throws(ArchiveError) {
    isExecutable = file.isExecutable
    self.file = try folders.createFile(file.path, mode: mode)
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    try file?.write(bytes)
  }

  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError) {
    try file?.setMode(mode)
    if let finished = file.take() { try finished.close() }
    written.append(entry)
  }

  /// What has been written.
  var manifest: FileManifest { FileManifest(written) }

  private var mode: PermissionBits { isExecutable ? 0o755 : 0o644 }
}
