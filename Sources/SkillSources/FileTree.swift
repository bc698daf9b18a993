import SkillArchive
import Skills

/// Files in memory, as an archive or a site delivers them.
struct FileTree: Sendable {
  private(set) var files: [PackedFile]
  /// Where links stand that were left out.
  private var links: [String]
  /// The name of the wrapper folder that was taken off, if there was one.
  private(set) var name: String?

  init(_ contents: ForeignArchive.Contents) {
    files = contents.files.filter { !Self.isLitter($0.path) }
    links = contents.links.map(\.string)
  }

  /// Takes off the one folder around everything, which most archives of repositories have.
  mutating func unwrap() throws(MeshError) {
    guard let first = files.first?.path.components.first else { return }
    guard files.allSatisfy({ $0.path.components.count > 1 && $0.path.components[0] == first }) else { return }
    name = String(first)
    files = try files(below: String(first))
    links = links.map { $0.hasPrefix("\(first)/") ? String($0.dropFirst(first.count + 1)) : $0 }
  }

  var folders: [String] { SkillFolders.find(in: files.map(\.path.string)) }

  /// Packs the skill that lies in `folder`, which is empty for the root.
  ///
  /// - Throws: `archive_refused` also for a skill with a link in it.
  func skill(in folder: String, at place: SkillLocation) throws(MeshError) -> SourcedSkill {
    if let link = links.first(where: { folder.isEmpty || $0.hasPrefix(folder + "/") }) {
      throw MeshError(
        .archiveRefused, "\(place.label) is refused: \"\(TerminalText.escaped(link, limit: 300))\" is a link")
    }
    let inner = try folder.isEmpty ? files : files(below: folder)
    return try Self.skill(of: inner, at: place)
  }

  static func skill(of files: [PackedFile], at place: SkillLocation) throws(MeshError) -> SourcedSkill {
    let spelled = files.map { file in
      guard file.path.string.lowercased() == "skill.md" else { return file }
      return PackedFile(path: .skillMarkdown, bytes: file.bytes, isExecutable: file.isExecutable)
    }
    let packed: PackedSkill
    do {
      packed = try SkillPacker.pack(files: spelled)
    } catch {
      throw MeshError(error, of: place.label)
    }
    let secrets = files.flatMap { SecretScanner.findings(in: $0.bytes, path: $0.path) }
    return try SourcedSkill(packed, at: place, noting: secrets.map { Finding($0) })
  }

  private func files(below folder: String) throws(MeshError) -> [PackedFile] {
    let prefix = Array((folder + "/").utf8)
    var result: [PackedFile] = []
    for file in files where file.path.string.utf8.starts(with: prefix) {
      do {
        let path = try SkillPath(validating: Array(file.path.string.utf8.dropFirst(prefix.count)))
        result.append(PackedFile(path: path, bytes: file.bytes, isExecutable: file.isExecutable))
      } catch {
        throw MeshError(.archiveRefused, "\(error)")
      }
    }
    return result
  }

  /// What a Mac leaves in archives.
  private static func isLitter(_ path: SkillPath) -> Bool {
    path.components[0] == "__MACOSX" || path.components.last == ".DS_Store"
  }
}
