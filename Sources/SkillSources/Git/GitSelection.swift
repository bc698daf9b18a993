import SkillArchive
import Skills

/// What of a folder in a repository becomes part of a skill.
struct GitSelection: Sendable {
  let folder: String
  let kept: [GitTree.Entry]
  let leftOut: [LeftOut]

  /// The entries that have to be read before anything can be decided.
  static func needed(by skill: GitTree.Skill) -> [GitTree.Entry] {
    let root = skill.entries.filter { $0.isFile && !$0.path.contains(UInt8(ascii: "/")) }
    let mayHoldArchives = root.contains { entry in SkillSource.isNamedLikeArchive(entry.text) }
    return root.filter { entry in
      entry.text == SkillSelection.ignoreFile && entry.size <= SkillSelection.maximumIgnoreFileBytes
        || mayHoldArchives && SkillSelection.isMainFile(entry.text) && entry.size <= SkillDocument.maximumBytes
    }
  }

  /// - Parameter contents: Of what is needed, by path.
  /// - Throws: `archive_refused` for more than a skill may have, its `.skillignore` included.
  init(_ skill: GitTree.Skill, _ contents: [String: [UInt8]]) throws(MeshError) {
    let mainFile = contents.keys.first(where: SkillSelection.isMainFile)
    let ignoreFile = skill.entries.first { $0.isFile && $0.text == SkillSelection.ignoreFile }
    do {
      if let ignoreFile { try SkillSelection.refuseLarge(bytes: ignoreFile.size) }
      var selection = try SkillSelection(reading: { contents[$0] }, mainFile: mainFile)
      kept = skill.entries.filter { selection.keeps($0.text, $0.kind) }
      leftOut = selection.leftOut
    } catch {
      throw MeshError(.archiveRefused, "the skill '\(skill.folder, limit: 200)' is refused: \(error)")
    }
    folder = skill.folder
    try check()
  }

  private func check() throws(MeshError) {
    let limits = ArchiveLimits.standard
    let label: Message = folder.isEmpty ? "the skill" : "the skill '\(folder, limit: 200)'"
    if let large = kept.first(where: { $0.size > limits.fileBytes }) {
      throw MeshError(
        .archiveRefused,
        "\(label) is refused: \"\(large.text, limit: 300)\" has more than \(limits.fileBytes) bytes"
      )
    }
    let size = kept.reduce(0) { $0 + $1.size }
    guard kept.count <= limits.entries, size <= limits.deliveredBytes else {
      throw MeshError(
        .archiveRefused, "\(label) is refused: it has \(kept.count) files and \(size) bytes, more than are allowed")
    }
  }

  /// - Parameter content: Is asked for every entry that is kept, in their order.
  func contents(
    _ content: (GitTree.Entry) throws(MeshError) -> [UInt8]
  ) throws(MeshError) -> SkillContents {
    // All of them are taken before anything can fail: the next skill's come behind them.
    var read: [(entry: GitTree.Entry, bytes: [UInt8])] = []
    for entry in kept { read.append((entry, try content(entry))) }
    var files: [PackedFile] = []
    for (entry, bytes) in read {
      do {
        let path = try SkillPath(composing: entry.path)
        files.append(PackedFile(path: path, bytes: bytes, isExecutable: entry.mode == "100755"))
      } catch {
        throw MeshError(.archiveRefused, "\(error)")
      }
    }
    return SkillContents(kept: files, leftOut: leftOut)
  }
}
