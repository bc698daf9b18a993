import Skills
import SystemPackage

/// Writes files below a folder that was empty, holding open the folders on the way to the current file.
struct TreeWriter: EntryVisitor, ~Copyable {
  private var folders: FolderStack
  private let isDurable: Bool
  private var file: OpenFile?
  private var isExecutable = false
  private var written: [FileManifest.Entry] = []

  init(_ directory: FileDescriptor, durably: Bool) throws(FileFault) {
    let root = try OpenFolder.again(directory)
    guard try root.names().isEmpty else { throw FileFault(.create, ".", .directoryNotEmpty) }
    folders = FolderStack(root, durably: durably)
    isDurable = durably
  }

  mutating func begin(_ file: IncomingFile) throws(ArchiveError) {
    isExecutable = file.isExecutable
    self.file = try onDisk { () throws(FileFault) in
      try folders.createFile(file.path, mode: file.isExecutable ? 0o755 : 0o644)
    }
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    try onDisk { () throws(FileFault) in try file?.write(bytes) }
  }

  mutating func end(_ entry: FileManifest.Entry) throws(ArchiveError) {
    try onDisk { () throws(FileFault) in
      try file?.setMode(isExecutable ? 0o755 : 0o644)
      if isDurable { try file?.sync() }
      if let finished = file.take() { try finished.close() }
    }
    written.append(entry)
  }

  mutating func finish() throws(FileFault) -> FileManifest {
    try folders.finish()
    return FileManifest(written)
  }
}
