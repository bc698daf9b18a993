import FileSystem
import SystemPackage

extension MainFile {
  /// Puts other bytes in the place of the file: all of them or none, and with the mode that it has.
  func replace(with bytes: [UInt8]) throws {
    let directory = try Directory<FileError>.open(FilePath(path).removingLastComponent())
    let file = FilePath(path).lastComponent?.string ?? ""
    try directory.replace(file, with: bytes, mode: directory.status(of: file).mode, .synced)
  }
}
