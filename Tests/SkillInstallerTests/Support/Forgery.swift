import Foundation
import SkillArchive
import SkillInstaller
import Skills
import Testing

/// A record that was made to fit what somebody put into a skill, as a cloned project may bring it.
enum Forgery {
  /// - Parameter folder: Of the skill, such as `.agents/skills/probe`.
  static func write(_ text: String, to path: String, in folder: String, of scene: Scene) throws {
    try scene.write("\(folder)/\(path)", text)
    let place = URL(filePath: scene[folder].string + "/" + OwnershipMark.fileName)
    let mark = try #require(try OwnershipMark(reading: Array(Data(contentsOf: place))))
    let directory = try Directory.open(scene[folder])
    let contents = try FolderContents(of: directory) { $0 == OwnershipMark.fileName }
    let forged = OwnershipMark(of: try #require(mark.locked), links: mark.links, manifest: contents.manifest)
    try Data(forged.encoded).write(to: place)
  }
}
