import Foundation
import SystemPackage

/// A folder for everything that a run writes, removed with its last reference.
final class Scratch: Sendable {
  let path: FilePath

  init() throws {
    let parent = FilePath(FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path)
    path = parent.appending("agent-mesh-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.string)
  }

  subscript(_ name: String) -> FilePath { path.appending(FilePath(name).components) }

  /// An empty folder of that name, whatever was there before.
  func emptyFolder(_ name: String) throws -> FilePath {
    try remove(name)
    try FileManager.default.createDirectory(atPath: self[name].string, withIntermediateDirectories: true)
    return self[name]
  }

  /// Takes a file or folder away; its files are deleted only at the end of the whole run.
  ///
  /// A file system may search for a while for places that were not just given up (ext4 does), and a program that is
  /// timed right after thousands of files were deleted would be timed with that search.
  func remove(_ name: String) throws {
    guard FileManager.default.fileExists(atPath: self[name].string) else { return }
    let removed = path.appending("removed")
    try FileManager.default.createDirectory(atPath: removed.string, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: self[name].string, toPath: removed.appending(UUID().uuidString).string)
  }

  /// Writes a file and makes the folders above it.
  func write(_ name: String, _ bytes: [UInt8], isExecutable: Bool = false) throws {
    let file = self[name].string
    try FileManager.default.createDirectory(
      atPath: self[name].removingLastComponent().string, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: isExecutable ? 0o755 : 0o644], ofItemAtPath: file)
  }

  /// Runs a program to its end.
  ///
  /// - Throws: `Failure` with what it said when it did not succeed.
  @discardableResult
  func run(_ command: Command) throws -> Child.Ending {
    var command = command
    command.environment.merge(["HOME": path.string, "TMPDIR": path.string]) { own, _ in own }
    command.errors = .file(self["errors"])
    let ending = try Child.start(command).wait()
    guard ending.status == 0 else {
      let said = (try? String(contentsOfFile: self["errors"].string, encoding: .utf8)) ?? ""
      let name = ([command.program] + command.arguments).joined(separator: " ")
      throw Failure("'\(name)' ended with \(ending.status): \(said.suffix(500))")
    }
    return ending
  }

  /// What a program writes to stdout.
  func output(of command: Command) throws -> String {
    var command = command
    command.output = .file(self["output"])
    try run(command)
    return try String(contentsOfFile: self["output"].string, encoding: .utf8)
  }
}

extension Scratch {
  /// Bytes of a file.
  func size(of name: String) throws -> Int {
    let file = try FileDescriptor.open(self[name], .readOnly, options: .closeOnExec)
    return try file.closeAfter { Int(try file.seek(offset: 0, from: .end)) }
  }
}
