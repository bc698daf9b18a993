import FileSystem
import Foundation
import SystemPackage
import TestSupport

typealias Directory = FileSystem.Directory<FileError>
typealias OpenFile = FileSystem.OpenFile<FileError>
typealias Entry = FileSystem.Entry<FileError>

/// A folder `inside`, and another beside it whose name begins with the same letters.
struct TwoFolders {
  private let folder: TemporaryFolder
  let inside: FilePath
  let outside: FilePath

  init() throws {
    folder = try TemporaryFolder()
    inside = folder.path.appending("proj")
    outside = folder.path.appending("proj-evil")
    for path in [inside, outside] {
      try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
    }
  }

  func open() throws -> Directory { try Directory.open(inside) }

  func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: inside.string + "/" + path, withIntermediateDirectories: true)
  }

  func makeLink(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: inside.string + "/" + path, withDestinationPath: target)
  }

  func entriesOutside() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: outside.string)
  }
}

/// The error number of what fails.
func errno(_ body: () throws -> Void) -> Errno? {
  do { try body() } catch { return (error as? FileError)?.errno }
  return nil
}
