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
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MeshError(.noFiles, "'\(TerminalText.escaped(path))' cannot be read")
    }
    return MainFile(path: path, bytes: Array(data))
  }
}
