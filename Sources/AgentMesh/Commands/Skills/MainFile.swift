import Foundation
import Skills

/// The SKILL.md of a folder, in whatever case its name is written.
struct MainFile {
  let path: String
  let bytes: [UInt8]

  /// - Throws: `noFiles` when there is no such folder or no such file in it.
  static func find(in folder: String) throws -> MainFile {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw MeshError(
        .noFiles, "'\(TerminalText.escaped(folder))' is not a folder that can be read",
        hint: "Name the folder of a skill.")
    }
    let candidates = names.filter { $0.lowercased() == "skill.md" }.sorted()
    guard let name = candidates.contains("SKILL.md") ? "SKILL.md" : candidates.first else {
      throw MeshError(
        .noFiles, "'\(TerminalText.escaped(folder))' has no SKILL.md", hint: "Start one: agent-mesh skills init.")
    }
    let path = "\(folder)/\(name)"
    if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil {
      throw MeshError(
        .validationError, "'\(TerminalText.escaped(path))' is a link, and links are neither packed nor changed",
        hint: "Put the file itself there.")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw MeshError(.noFiles, "'\(TerminalText.escaped(path))' cannot be read")
    }
    return MainFile(path: path, bytes: try bytes(of: handle))
  }

  /// All bytes of a document; of one that is too large, as many as prove it.
  static func bytes(of handle: FileHandle) throws -> [UInt8] {
    do {
      return Array(try handle.read(upToCount: SkillDocument.maximumBytes + 1) ?? Data())
    } catch {
      throw MeshError(.noFiles, "a SKILL.md cannot be read: \(error.localizedDescription)")
    }
  }
}
