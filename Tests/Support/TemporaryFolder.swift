import Foundation
import SystemPackage

/// A folder of its own for one test, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: FilePath

  package init() throws {
    let name = "agent-mesh-test-\(UUID().uuidString)"
    path = FilePath(FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path).appending(name)
    try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.string)
  }

  package subscript(_ name: String) -> FilePath { path.appending(FilePath(name).components) }

  /// Writes a file and makes the folders above it.
  @discardableResult
  package func write(_ name: String, _ content: some Sequence<UInt8>, mode: Int = 0o644) throws -> FilePath {
    let file = self[name]
    try FileManager.default.createDirectory(
      atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(content).write(to: URL(filePath: file.string))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.string)
    return file
  }

  @discardableResult
  package func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> FilePath {
    try write(name, Array(text.utf8), mode: mode)
  }

  @discardableResult
  package func folder(_ name: String) throws -> FilePath {
    let folder = self[name]
    try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    return folder
  }

  package func link(_ name: String, to target: String) throws {
    let link = self[name]
    try FileManager.default.createDirectory(
      atPath: link.removingLastComponent().string, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: target)
  }

  package func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: self[name].string)))
  }
}
