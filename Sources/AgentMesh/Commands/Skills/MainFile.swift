import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// The SKILL.md of a folder, in whatever case its name is written.
struct MainFile {
  let path: String
  /// As the disk spells it.
  let name: String
  let bytes: [UInt8]

  /// With findings that call the file by its own name.
  func document() throws(DocumentRefusal) -> SkillDocument {
    try SkillDocument(reading: bytes, file: name)
  }

  /// - Throws: `noFiles` when there is no such folder or no such file in it.
  static func find(in folder: String) throws -> MainFile {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw MeshError(
        .noFiles, "cannot read the folder '\(folder)'",
        hint: "Name the folder of a skill.")
    }
    let candidates = names.filter { $0.lowercased() == "skill.md" }.sorted()
    guard let name = candidates.contains("SKILL.md") ? "SKILL.md" : candidates.first else {
      throw MeshError(
        .noFiles, "'\(folder)' has no SKILL.md", hint: "Create one: agent-mesh skills init")
    }
    let path = "\(folder)/\(name)"
    if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil {
      throw MeshError(
        .validationError, "'\(path)' is a link, and links are neither packed nor changed",
        hint: "Put the file itself there.")
    }
    return MainFile(path: path, name: name, bytes: try bytes(at: path))
  }

  /// All bytes of the document at a path; of one that is too large, as many as prove it.
  ///
  /// A pipe or a device is refused and never waited for.
  static func bytes(at path: String) throws -> [UInt8] {
    do throws(FileError) {
      return try OpenFile<FileError>.open(FilePath(path)).prefix(SkillDocument.maximumBytes + 1)
    } catch {
      throw MeshError(.noFiles, "\(error)", hint: "Name the folder of a skill.")
    }
  }

  /// Puts other bytes in the place of the file: all of them or none, and with the mode that it has.
  func replace(with bytes: [UInt8]) throws {
    let directory = try Directory<FileError>.open(FilePath(path).removingLastComponent())
    let file = FilePath(path).lastComponent?.string ?? ""
    try directory.replace(file, with: bytes, mode: directory.status(of: file).mode, .synced)
  }

  /// The same of what comes on stdin.
  static func bytesOfStandardInput() throws -> [UInt8] {
    try StandardInput.bytes(upTo: SkillDocument.maximumBytes + 1)
  }
}
